namespace Digest.Templates;

/// <summary>A mail as a reader sees it: the subject line, and the same content as HTML and as plain text (LF line ends).</summary>
public sealed record RenderedMail(string Subject, string Html, string Text);
