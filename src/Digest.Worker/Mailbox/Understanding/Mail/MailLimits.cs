namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>How much of a mail is looked at. What lies beyond is ignored, never an error: mail comes from strangers.</summary>
internal static class MailLimits
{
    /// <summary>Octets of a mail that are read.</summary>
    public const int Octets = 1024 * 1024;

    /// <summary>MIME parts nested in each other.</summary>
    public const int Depth = 64;

    /// <summary>MIME parts looked at.</summary>
    public const int Parts = 50;

    /// <summary>Boundary lines of one kind that the parser gets to see.</summary>
    public const int Boundaries = 200;

    /// <summary>Header lines, folded ones counted singly, that the parser gets to see.</summary>
    public const int HeaderLines = 2000;

    /// <summary>Octets of one header field, with the lines on which it goes on, that the parser gets to see.</summary>
    public const int Field = 32 * 1024;

    /// <summary>UTF-16 units of text taken from one part.</summary>
    public const int Text = 256 * 1024;

    /// <summary>Octets of one header line that are looked at.</summary>
    public const int Header = 4096;
}
