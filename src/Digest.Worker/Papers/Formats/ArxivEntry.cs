namespace Digest.Worker.Papers.Formats;

/// <summary>What all of arXiv's formats have in common.</summary>
internal static class ArxivEntry
{
    public static IReadOnlyDictionary<string, string> Ids(string id, string? doi)
    {
        var ids = new Dictionary<string, string> { ["arxiv"] = id };
        if (doi is not null)
            ids["doi"] = doi;
        return ids;
    }
}
