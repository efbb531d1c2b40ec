using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Digest.Templates.Output;

namespace Digest.Templates.Languages;

/// <summary>Everything that we say in one language, with its plural rule, numbers and dates; read from a JSON table.</summary>
internal sealed class Language
{
    private readonly Dictionary<string, Sentence> _sentences;
    private readonly ConcurrentDictionary<string, string> _escaped = [];
    private readonly Language? _fallback;
    private readonly string _plural;
    private readonly string _groupSeparator;
    private readonly int _groupFrom;
    private readonly DatePatterns _dates;

    /// <exception cref="TemplateException">The table is not JSON or lacks a part; the place is named.</exception>
    public Language(string file, string json, Language? fallback)
    {
        File = file;
        try
        {
            using var table = JsonDocument.Parse(json);
            var root = table.RootElement;
            Tag = root.Part("tag").GetString()!;
            _plural = root.Part("plural").GetString()!;
            if (_plural is not ("one" or "zero-one" or "none"))
                throw new FormatException($"plural is \"{_plural}\"; it must be \"one\", \"zero-one\" or \"none\"");
            _groupSeparator = root.Part("groupSeparator").GetString()!;
            _groupFrom = root.Part("groupFrom").GetInt32();
            _dates = new DatePatterns(root.Part("dates"));
            _sentences = root.Part("sentences").EnumerateObject().ToDictionary(s => s.Name, Read);
        }
        catch (JsonException fault)
        {
            throw new TemplateException(file, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1, "not JSON: " + fault.Message);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            throw new TemplateException(file, 0, 0, fault.Message);
        }

        _fallback = fallback;
    }

    /// <summary>Which part of a sentence is to be written: our own words, or one of the values.</summary>
    public delegate void Writer<in TState, in TPart>(TState state, TPart part);

    /// <summary>Where the table stands.</summary>
    public string File { get; }

    public string Tag { get; }

    public IReadOnlyDictionary<string, Sentence> Sentences => _sentences;

    public bool Has(string key) => _sentences.ContainsKey(key) || (_fallback?.Has(key) ?? false);

    public string Number(long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        if (Math.Abs(number) < _groupFrom)
            return digits;
        var grouped = new StringBuilder(digits);
        for (var at = digits.Length - 3; at > (number < 0 ? 1 : 0); at -= 3)
            grouped.Insert(at, _groupSeparator);
        return grouped.ToString();
    }

    public string LongDate(DateOnly date) => _dates.Long(date);

    public string MediumDate(DateOnly date) => _dates.Medium(date);

    public string ShortDate(DateOnly date) => _dates.Short(date);

    public string Month(DateOnly date) => _dates.Month(date);

    /// <summary>Writes the sentence in the plural form of the first number among the values.</summary>
    public void Sentence<TState>(
        string key, ReadOnlySpan<object?> values, TState state, Writer<TState, string> words, Writer<TState, object?> value)
    {
        if (!_sentences.TryGetValue(key, out var sentence))
        {
            (_fallback ?? throw new KeyNotFoundException($"There is no sentence '{key}'.")).Sentence(key, values, state, words, value);
            return;
        }

        foreach (var part in sentence.Form(IsOne(values)))
        {
            if (part.Words is not null)
                words(state, part.Words);
            else if (part.Value < values.Length)
                value(state, values[part.Value]);
        }
    }

    /// <summary>The sentence as plain text, for subjects.</summary>
    public string Plain(string key, params ReadOnlySpan<object?> values)
    {
        if (values.IsEmpty && _sentences.TryGetValue(key, out var fixedSentence) && fixedSentence.Whole is { } whole)
            return whole;
        var plain = new StringBuilder();
        Sentence(
            key,
            values,
            (plain, this),
            static (to, text) => to.plain.Append(text),
            static (to, value) => to.plain.Append(value is int number ? to.Item2.Number(number) : value?.ToString()));
        return plain.ToString();
    }

    /// <summary>The sentence with values that may have runs of their own.</summary>
    public RichText Rich(string key, params ReadOnlySpan<object?> values)
    {
        var runs = new List<TextRun>();
        Sentence(
            key,
            values,
            (runs, this),
            static (to, text) => to.runs.Add(new TextRun(text)),
            static (to, value) => to.runs.AddRange(value switch
            {
                RichText rich => rich.Runs,
                int number => [new TextRun(to.Item2.Number(number))],
                _ => [new TextRun(value?.ToString() ?? "")],
            }));
        return new RichText(runs);
    }

    /// <summary>A sentence without values, as it stands in an address.</summary>
    public string Escaped(string key) => _escaped.GetOrAdd(key, static (key, language) => Uri.EscapeDataString(language.Plain(key)), this);

    private static Sentence Read(JsonProperty sentence)
    {
        try
        {
            return new Sentence(sentence.Value);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            throw new FormatException($"sentences.{sentence.Name}: {fault.Message}");
        }
    }

    private bool IsOne(ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (value is int number)
                return _plural == "one" ? number == 1 : _plural == "zero-one" && number is 0 or 1;
        }

        return false;
    }
}
