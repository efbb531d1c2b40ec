namespace Digest.Templates;

/// <summary>A mail as a reader sees it: the subject line, and the same content as HTML and as plain text (LF line ends).</summary>
public sealed record RenderedMail(string Subject, string Html, string Text)
{
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
