namespace Digest.Templates.Languages;

/// <summary>The languages that we can write, found by BCP 47 tag; a region falls back to its language, an unknown one to English.</summary>
internal sealed class LanguageTable
{
    private readonly Dictionary<string, Language> _languages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Language _english;

    public LanguageTable(TemplateSource source)
    {
        _english = new Language(source.Name("en.json"), source.Read("en.json"), null);
        _languages["en"] = _english;
        foreach (var file in source.Files(".json").Where(file => file != "en.json"))
        {
            var language = new Language(source.Name(file), source.Read(file), _english);
            _languages[language.Tag] = language;
        }
    }

    /// <summary>The tables that do not say all that the English one says.</summary>
    public IEnumerable<(string File, IReadOnlyList<string> Keys)> Lacking() =>
        from language in _languages.Values
        let lacking = _english.Sentences.Keys.Except(language.Sentences.Keys).ToArray()
        where lacking.Length > 0
        select (language.File, (IReadOnlyList<string>)lacking);

    public IEnumerable<Language> All => _languages.Values;

    public Language Find(string tag)
    {
        while (true)
        {
            if (_languages.TryGetValue(tag, out var language))
                return language;
            var dash = tag.LastIndexOf('-');
            if (dash <= 0)
                return _english;
            tag = tag[..dash];
        }
    }
}
