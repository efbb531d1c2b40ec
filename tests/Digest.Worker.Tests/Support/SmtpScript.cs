using System.Collections.Concurrent;

namespace Digest.Worker.Tests.Support;

/// <summary>How a loopback server behaves. An answer is chosen by the local part of the recipient; null means the usual one.</summary>
internal sealed class SmtpScript
{
    /// <summary>What EHLO offers; an empty list makes a server that knows no extension.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["PIPELINING", "8BITMIME", "SIZE 20480000", "ENHANCEDSTATUSCODES", "DSN", "SMTPUTF8"];

    public string Greeting { get; set; } = "220 loopback.test ESMTP";

    /// <summary>The answer to MAIL FROM.</summary>
    public string Sender { get; set; } = "250 2.1.0 Ok";

    /// <summary>Answers to RCPT TO by local part.</summary>
    public ConcurrentDictionary<string, string> Recipient { get; } = new();

    /// <summary>The answer to RCPT TO for all others.</summary>
    public string AnyRecipient { get; set; } = "250 2.1.5 Ok";

    /// <summary>What follows the answer to STARTTLS at once, as somebody in between would put it there.</summary>
    public string Injected { get; set; } = "";

    /// <summary>Answers after the final dot by local part. <see cref="Drop"/> closes the connection instead, after the message was taken.</summary>
    public ConcurrentDictionary<string, string> Message { get; } = new();

    /// <summary>Asked before the final answer is given.</summary>
    public Func<RecordedMail, Task>? BeforeFinalAnswer { get; set; }

    /// <summary>Asked before RCPT is answered.</summary>
    public Func<string, Task>? AtRecipient { get; set; }

    /// <summary>The user name and password that AUTH PLAIN accepts.</summary>
    public (string User, string Password)? Login { get; set; }

    /// <summary>The answer to any other.</summary>
    public string LoginRefused { get; set; } = "535 5.7.8 Wrong name or password";

    /// <summary>No answer: the connection is closed.</summary>
    public const string Drop = "DROP";
}

/// <summary>A mail as it came over the wire, dot-stuffing undone.</summary>
internal sealed record RecordedMail(string Sender, string SenderParameters, string Recipient, string RecipientParameters, byte[] Octets, bool Encrypted)
{
    public string Local => Recipient[..Recipient.LastIndexOf('@')];

    public MimeKit.MimeMessage Parse() => MimeKit.MimeMessage.Load(new MemoryStream(Octets));
}
