namespace Digest.Templates.Site;

/// <summary>What every page has. Addresses are our own: they begin with a slash.</summary>
public sealed record SiteFrame
{
    /// <summary>BCP 47 tag of one of <see cref="SiteTemplates.Tags"/>.</summary>
    public required string Language { get; init; }

    public required string SiteName { get; init; }

    /// <summary>The page's own address, without the language.</summary>
    public required string Path { get; init; }

    /// <summary>The language was asked for in the address: our links keep it.</summary>
    public bool LanguageAsked { get; init; }

    public required string StyleUrl { get; init; }

    /// <summary>The same list for a feed reader; null where there is none.</summary>
    public string? AtomUrl { get; init; }

    public string? JsonUrl { get; init; }

    /// <summary>The form that asks for a subscription; null where none can be asked for.</summary>
    public string? SubscribeUrl { get; init; }

    /// <summary>Not for search engines.</summary>
    public bool Private { get; init; }
}
