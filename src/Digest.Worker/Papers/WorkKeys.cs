using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Digest.Worker.Papers;

/// <summary>
/// All names under which a work may come, the strongest first: arXiv id without version, DOI, PubMed id, OpenReview forum, and last the
/// normalised title with the first author's surname. The first one is the paper's own key, the others lead to it.
/// </summary>
internal static class WorkKeys
{
    /// <summary>A shorter title ("Editorial", "Reply to Smith") is no proof of being the same work.</summary>
    private const int TellingTitle = 20;

    public static IReadOnlyList<string> Of(PaperEntry entry)
    {
        var keys = new List<string>(4);
        var arxiv = Arxiv(entry);
        if (arxiv is { } id)
            keys.Add($"arxiv:{id}");
        foreach (var doi in new[] { entry.Doi, entry.Ids.GetValueOrDefault("doi"), entry.Ids.GetValueOrDefault("journal_doi"), entry.Id })
            if (Doi.Normalise(doi) is { } normal && ArxivId.Parse(normal) is null && !keys.Contains($"doi:{normal}"))
                keys.Add($"doi:{normal}");
        foreach (var scheme in new[] { "pmid", "openreview" })
            if (entry.Ids.GetValueOrDefault(scheme) is { Length: > 0 } value)
                keys.Add($"{scheme}:{value}");
        var title = Letters(entry.Title);
        var surname = entry.Authors.Count > 0 ? Letters(Surname(entry.Authors[0])) : "";
        if (keys.Count == 0 || (title.Length >= TellingTitle && surname.Length > 0))
            keys.Add(TitleKey(title, surname));
        return keys;
    }

    /// <summary>What stands before the colon: <c>arxiv</c>, <c>doi</c>, <c>title</c> …</summary>
    public static string Scheme(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private static string? Arxiv(PaperEntry entry)
    {
        foreach (var text in new[] { entry.Ids.GetValueOrDefault("arxiv"), entry.Id, entry.Doi, entry.Url, entry.Pdf })
            if (ArxivId.Parse(text) is { } id)
                return id.Value;
        return null;
    }

    private static string TitleKey(string title, string surname)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{title}/{surname}"));
        return $"title:{(title.Length > 40 ? title[..40] : title)}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}";
    }

    private static string Surname(string author) =>
        author.Contains(',', StringComparison.Ordinal) ? author[..author.IndexOf(',', StringComparison.Ordinal)] : author[(author.TrimEnd().LastIndexOf(' ') + 1)..];

    /// <summary>Letters and digits alone, without accents, lower case.</summary>
    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }
}
