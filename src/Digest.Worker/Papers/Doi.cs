using System.Text.RegularExpressions;

namespace Digest.Worker.Papers;

/// <summary>Digital object identifiers (https://www.doi.org/the-identifier/resources/handbook).</summary>
internal static partial class Doi
{
    /// <summary>Without resolver or prefix, in the case it was written in; null when it is none.</summary>
    public static string? Bare(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 500)
            return null;
        text = text.Trim();
        if (text.Contains('%', StringComparison.Ordinal))
            text = Uri.UnescapeDataString(text);
        return Shape().Match(text) is { Success: true } match ? match.Groups["doi"].Value.TrimEnd('.', ',', ';') : null;
    }

    /// <summary>As a key: DOIs are case-insensitive.</summary>
    public static string? Normalise(string? text)
    {
        var doi = Bare(text)?.ToLowerInvariant();
        // bioRxiv and medRxiv put a version behind the DOI in addresses; the registered DOI has none.
        return doi?.StartsWith("10.1101/", StringComparison.Ordinal) == true ? PreprintVersion().Replace(doi, "") : doi;
    }

    [GeneratedRegex(@"^(?:https?://(?:dx\.|www\.)?doi\.org/|https?://(?:www\.)?(?:bio|med)rxiv\.org/content/|(?:info:)?doi[:/]\s*)?(?<doi>10\.\d{4,9}/\S+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"v\d{1,3}(?:\.full.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PreprintVersion();
}
