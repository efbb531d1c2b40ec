namespace Digest.Worker.Delivery;

/// <summary>How far the conversation was when the server answered.</summary>
internal enum SmtpPhase
{
    /// <summary>Greeting, EHLO, STARTTLS, AUTH.</summary>
    Connect,

    /// <summary>MAIL FROM.</summary>
    Sender,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>DATA, or the end of the message.</summary>
    Message,
}

/// <summary>An answer of a server (RFC 5321, 4.2).</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Text">The words behind the code, lines joined by LF; may begin with an enhanced code (RFC 3463).</param>
internal sealed record ServerAnswer(SmtpPhase Phase, int Code, string Text)
{
    /// <summary>Class, subject and detail, such as <c>5.1.1</c>; null where the server gave none.</summary>
    public string? Enhanced => EnhancedCode.Find(Code, Text);

    public override string ToString() => $"{Code} {Text.ReplaceLineEndings(" ")}";
}
