using System.Text.RegularExpressions;

namespace Digest.Worker.Papers;

/// <summary>A DOI as a key: lower case (DOIs are case-insensitive), without resolver or prefix.</summary>
internal static partial class Doi
{
    public static string? Normalise(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 500 || Bare().Match(Uri.UnescapeDataString(text.Trim())) is not { Success: true } match)
            return null;
        var doi = match.Groups["doi"].Value.ToLowerInvariant().TrimEnd('.', ',', ';');
        // bioRxiv and medRxiv put a version behind the DOI in addresses; the registered DOI has none.
        return doi.StartsWith("10.1101/", StringComparison.Ordinal) ? PreprintVersion().Replace(doi, "") : doi;
    }

    [GeneratedRegex(@"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|info:doi/)?(?<doi>10\.\d{4,9}/\S+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"v\d{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex PreprintVersion();
}
