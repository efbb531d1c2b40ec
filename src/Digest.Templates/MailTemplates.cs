using Digest.Templates.Cards;
using Digest.Templates.Issues;
using Digest.Templates.Languages;
using Digest.Templates.Letters;
using Digest.Templates.Pages;

namespace Digest.Templates;

/// <summary>
/// Turns models into mails. Pure: the same model gives the same bytes, on any machine, at any time. Safe to share between threads.
/// </summary>
public sealed class MailTemplates
{
    private const long CardMemory = 64_000_000;

    private readonly IssueRenderer _issues;
    private readonly LetterRenderer _letters;
    private readonly PageRenderer _pages;

    private MailTemplates(TemplateSource source, MailTheme theme, bool programs)
    {
        var languages = new LanguageTable(source);
        var templates = new TemplateSet(source, programs);
        var frame = new Frame(templates, theme);
        _issues = new IssueRenderer(templates, frame, languages, new CardCache(CardMemory));
        _letters = new LetterRenderer(frame, languages);
        _pages = new PageRenderer(templates, frame, languages);
        UnusedFiles = [.. source.Unused()];
        LackingSentences = [.. languages.Lacking()];
        Languages = [.. languages.All.Select(language => language.Tag)];
    }

    /// <param name="overrideFolder">A folder whose files replace the embedded ones of the same name; null for none.</param>
    /// <param name="theme">Colours and logo text; null for the built-in look.</param>
    /// <exception cref="TemplateException">A template or language table cannot be used.</exception>
    public static MailTemplates Load(string? overrideFolder, MailTheme? theme = null) =>
        new(new TemplateSource(overrideFolder), theme ?? new MailTheme(), programs: true);

    /// <summary>The same, with everything written by the templates' own interpreter.</summary>
    internal static MailTemplates LoadInterpreted(string? overrideFolder) => new(new TemplateSource(overrideFolder), new MailTheme(), programs: false);

    /// <summary>The places, as file:line:column, because of which cards cannot be shared between readers; empty for the built-in templates.</summary>
    public IReadOnlyList<string> CardObstacles => _issues.CardObstacles;

    /// <summary>Templates in the operator's folder that nothing is made from.</summary>
    public IReadOnlyList<string> UnusedFiles { get; }

    /// <summary>Sentences that a language's table lacks, so that the English ones are written: the table and their keys.</summary>
    public IReadOnlyList<(string File, IReadOnlyList<string> Keys)> LackingSentences { get; }

    /// <summary>BCP 47 tags of the languages that we can write.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public RenderedMail Render(IssueModel issue) => _issues.Render(issue);

    /// <summary>The same issue without what was written for earlier ones; the same octets.</summary>
    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    internal RenderedMail RenderWhole(IssueModel issue) => _issues.Whole(issue);

    /// <summary>Null where the issue can only be written as a whole.</summary>
    internal RenderedMail? RenderSpliced(IssueModel issue) => _issues.Spliced(issue);

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public RenderedMail Render(LetterModel letter) => _letters.Render(letter);

    /// <summary>A web page, as HTML.</summary>
    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(PageKind page, string siteName, string language) => _pages.Render(page, siteName, language);
}
