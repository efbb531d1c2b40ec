namespace Digest.Worker.Delivery;

/// <summary>The settings under <c>Smtp</c>: the relay that takes our mail; or under <c>Smtp:0</c>, <c>Smtp:1</c> and so on, where there are several.</summary>
internal sealed record SmtpOptions
{
    public string? Host { get; init; }

    /// <summary>Null: 465 with <c>tls</c>, else 587 with a user name, else 25.</summary>
    public int? Port { get; init; }

    /// <summary><c>none</c>, <c>starttls</c> or <c>tls</c>. Null: <c>none</c> on loopback, else <c>starttls</c>. It is required, never tried.</summary>
    public string? Security { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>A file whose first line is the password, for secrets that are mounted.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Connections at a time, 1 to 64.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>With several relays: the part of the mails that this one gets, against the others, 1 to 1000. One that fails leaves its part to them.</summary>
    public int Weight { get; init; } = 1;
}

internal enum SmtpSecurity
{
    None,
    StartTls,
    Tls,
}
