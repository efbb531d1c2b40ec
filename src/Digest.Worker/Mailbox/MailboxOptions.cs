namespace Digest.Worker.Mailbox;

/// <summary>The settings under <c>Mailbox</c>: where the mails are that come back.</summary>
internal sealed record MailboxOptions
{
    /// <summary><c>none</c>, <c>imap</c> or <c>maildir</c>.</summary>
    public string Kind { get; init; } = "none";

    public string? Host { get; init; }

    /// <summary>Null: 993 with <c>tls</c>, else 143.</summary>
    public int? Port { get; init; }

    /// <summary><c>tls</c>, <c>starttls</c> or <c>none</c>. Null: <c>none</c> on loopback, else <c>tls</c>. It is required, never tried.</summary>
    public string? Security { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>A file whose first line is the password, or the access token.</summary>
    public string? PasswordFile { get; init; }

    /// <summary><c>password</c> or <c>xoauth2</c>: the password is then an access token.</summary>
    public string Authentication { get; init; } = "password";

    /// <summary>The IMAP folder; for <c>maildir</c> the path of the Maildir.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>The name under which our own border writes Authentication-Results (RFC 8601, 2.5). Null: such headers prove nothing.</summary>
    public string? AuthenticationServer { get; init; }

    /// <summary>The most answers in an hour, over all readers; 1 or more.</summary>
    public int AnswersPerHour { get; init; } = 500;
}

internal enum MailboxKind
{
    None,
    Imap,
    Maildir,
}

internal enum MailboxSecurity
{
    None,
    StartTls,
    Tls,
}

internal enum MailboxAuthentication
{
    Password,
    XOAuth2,
}
