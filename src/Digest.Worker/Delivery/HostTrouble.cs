namespace Digest.Worker.Delivery;

/// <summary>What is wrong with a host. All but the first need an operator.</summary>
internal enum HostTrouble
{
    /// <summary>No connection, no answer, or "not now".</summary>
    Unreachable,

    /// <summary>5xx at the greeting or EHLO.</summary>
    Refuses,

    /// <summary>User name or password.</summary>
    Login,

    /// <summary>A user name is set, and the server takes no login on this connection.</summary>
    NoLogin,

    /// <summary>TLS is required and the server does not offer it: it has none, or somebody in between removed the offer.</summary>
    NoTls,

    /// <summary>More than one answer came to STARTTLS: somebody in between put it there (CVE-2021-38371 and its kin).</summary>
    Injected,

    CertificateExpired,

    CertificateName,

    /// <summary>Self-signed, or signed by somebody whom this machine does not trust.</summary>
    CertificateUntrusted,

    /// <summary>Another failure of TLS.</summary>
    Tls,

    /// <summary>The server does not want our sender address.</summary>
    Sender,

    /// <summary>The pickup folder cannot be written.</summary>
    Folder,
}
