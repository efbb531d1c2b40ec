namespace Digest.Worker.Papers;

/// <summary>How people name a paper: <c>2601.12345</c>, <c>arXiv:2601.12345v2</c>, a DOI, a link to either, or the title.</summary>
/// <param name="Keys">The keys under which it may be known.</param>
internal sealed record PaperName(IReadOnlyList<string> Keys, string Title)
{
    public static PaperName Of(string named)
    {
        var title = named.Trim().Trim('"', '“', '”', '«', '»', '「', '」', '.', '?').Trim();
        var keys = new List<string>(2);
        if (ArxivId.Parse(title) is { } arxiv)
            keys.Add($"arxiv:{arxiv.Value}");
        if (Doi.Normalise(title) is { } doi)
            keys.Add($"doi:{doi}");
        return new PaperName(keys, title);
    }
}
