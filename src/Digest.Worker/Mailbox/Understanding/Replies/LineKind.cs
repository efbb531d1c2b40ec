namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>What a line of a reply is.</summary>
internal enum LineKind
{
    Blank,
    Text,

    /// <summary>Begins with a quote sign.</summary>
    Quote,

    /// <summary>Announces a quote: "On Monday X wrote:", "-----Original Message-----".</summary>
    QuoteHeader,

    /// <summary>"From: ...", "Sent: ...": the head of a forwarded or quoted mail.</summary>
    MailHeader,

    /// <summary>A line of rules; after "-- " stands the signature.</summary>
    Ruler,

    /// <summary>"Sent from my phone".</summary>
    MobileSignature,
}
