namespace Digest.Templates;

/// <summary>A mail as a reader sees it: the subject line, and the same content as HTML and as plain text.</summary>
public sealed class RenderedMail(string subject, MailPart html, MailPart text)
{
    public RenderedMail(string subject, string html, string text)
        : this(subject, MailPart.Of(html), MailPart.Of(text))
    {
    }

    public string Subject { get; } = subject;

    public MailPart HtmlPart { get; } = html;

    public MailPart TextPart { get; } = text;

    /// <summary>The HTML part with LF line ends.</summary>
    public string Html => HtmlPart.ToString();

    /// <summary>The text part with LF line ends.</summary>
    public string Text => TextPart.ToString();

    /// <summary>For an issue: how each paper of <see cref="IssueModel.Papers"/> appears, by position; both parts agree.</summary>
    public IReadOnlyList<ShownAs> Shown { get; init; } = [];
}

/// <summary>How a paper appears in an issue.</summary>
public enum ShownAs
{
    /// <summary>As a card: why, authors, abstract, links.</summary>
    Full,

    /// <summary>As one entry of a list: title, authors, category.</summary>
    Compact,

    /// <summary>Only counted ("and 12 more"): the mail was full, so the paper is owed to the next issue.</summary>
    Not,
}
