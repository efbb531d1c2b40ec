namespace Digest.Templates;

/// <summary>The web pages behind the links in our mails.</summary>
public enum PageKind
{
    /// <summary>Asks, with a button.</summary>
    Unsubscribe,

    /// <summary>Says that it is done.</summary>
    Unsubscribed,

    /// <summary>Asks, with a button.</summary>
    Confirm,

    /// <summary>Says that it is done.</summary>
    Confirmed,
}
