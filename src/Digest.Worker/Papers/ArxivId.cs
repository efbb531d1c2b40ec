using System.Globalization;
using System.Text.RegularExpressions;

namespace Digest.Worker.Papers;

/// <summary>
/// An arXiv identifier (https://info.arxiv.org/help/arxiv_identifier.html): <c>2601.12345</c> since 2007-04, <c>hep-ex/0307015</c> before.
/// </summary>
/// <param name="Value">Without the version; the subject class of an old id (<c>math.GT/0309136</c>) is dropped, as arXiv itself does.</param>
/// <param name="Version">Null where the text names none.</param>
internal readonly partial record struct ArxivId(string Value, int? Version)
{
    /// <summary>Reads an id in any of its clothes: bare, <c>arXiv:</c>, <c>oai:arXiv.org:</c>, an arxiv.org address, a DOI 10.48550/arXiv.ID.</summary>
    public static ArxivId? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 300 || Id().Match(text.Trim()) is not { Success: true } match)
            return null;
        var version = match.Groups["version"] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return match.Groups["archive"].Success
            ? new ArxivId($"{match.Groups["archive"].Value.ToLowerInvariant()}/{match.Groups["number"].Value}", version)
            : new ArxivId(match.Groups["modern"].Value, version);
    }

    [GeneratedRegex(
        """
        ^(?:(?:oai:)?arxiv(?:\.org)?:\s*
          |(?:https?://)?(?:www\.|export\.|[a-z]{2}\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print|listing)/
          |(?:https?://)?(?:www\.)?alphaxiv\.org/(?:abs|pdf)/
          |(?:https?://)?(?:www\.)?huggingface\.co/papers/
          |(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.
        )?
        (?:(?<modern>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})
          |(?<archive>[a-z]{2,8}(?:-[a-z]{2,6})?)(?:\.[a-z]{2})?/(?<number>\d{2}(?:0[1-9]|1[0-2])\d{3}))
        (?:v(?<version>[1-9]\d{0,3}))?
        (?:\.pdf)?(?:[?\#].*)?$
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Id();
}
