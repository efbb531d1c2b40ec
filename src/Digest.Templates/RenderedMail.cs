namespace Digest.Templates;

/// <summary>A mail as a reader sees it: the subject line, and the same content as HTML and as plain text.</summary>
public sealed record RenderedMail(string Subject, MailPart HtmlPart, MailPart TextPart)
{
    public RenderedMail(string subject, string html, string text)
        : this(subject, MailPart.Of(html), MailPart.Of(text))
    {
    }

    /// <summary>The HTML part with LF line ends.</summary>
    public string Html => HtmlPart.ToString();

    /// <summary>The text part with LF line ends.</summary>
    public string Text => TextPart.ToString();

    /// <summary>For an issue: how each paper of <see cref="IssueModel.Papers"/> appears, by position; both parts agree.</summary>
    public IReadOnlyList<ShownAs> Shown { get; init; } = [];

    /// <summary>A file that goes with the mail; null: none.</summary>
    public MailAttachment? Attachment { get; init; }

    /// <summary>The same as data, for a program that takes the mail from a folder; null: none.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }
}

/// <summary>A text file that goes with a mail.</summary>
/// <param name="Name">ASCII, without a path.</param>
/// <param name="Subtype">What follows <c>text/</c>.</param>
public sealed record MailAttachment(string Name, string Subtype, MailPart Content);

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
