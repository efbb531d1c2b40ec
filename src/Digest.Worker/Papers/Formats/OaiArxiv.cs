using System.Globalization;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>arXiv's own two OAI formats: <c>arXivRaw</c> has the versions and one line of authors, <c>arXiv</c> has the authors in parts.</summary>
internal static class OaiArxiv
{
    public static PaperEntry? Raw(FeedElement raw)
    {
        var versions = raw.Children("version")
            .Select(version => (Number: Number(version.Attribute("version")), Date: Dates.Parse(version.Child("date"))))
            .Where(version => version.Number > 0).OrderBy(version => version.Number).ToList();
        var entry = Common(raw, AuthorNames.FromProse(raw.Child("authors")));
        return entry is null || versions.Count == 0 ? entry : entry with { Version = versions[^1].Number, Published = versions[0].Date, Updated = versions[^1].Date };
    }

    public static PaperEntry? Plain(FeedElement arxiv) =>
        Common(arxiv, AuthorNames.Clean(arxiv.Children("authors").SelectMany(authors => authors.Children("author")).Select(Name)));

    private static PaperEntry? Common(FeedElement metadata, IReadOnlyList<string> authors)
    {
        if (ArxivId.Parse(metadata.Child("id")) is not { } id)
            return null;
        var text = ReadableText.Abstract(metadata.Child("abstract") ?? "");
        var comment = metadata.Child("comments") is { } comments ? ReadableText.Title(comments) : null;
        var doi = Doi.Bare(metadata.Child("doi")?.Split(' ')[0]);
        return new PaperEntry
        {
            Id = id.Value,
            Version = id.Version,
            Title = ReadableText.Title(metadata.Child("title") ?? ""),
            Abstract = text,
            Authors = authors,
            Categories = [.. (metadata.Child("categories") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()],
            Published = Dates.Parse(metadata.Child("created")),
            Updated = Dates.Parse(metadata.Child("updated")),
            Doi = doi,
            Url = $"https://arxiv.org/abs/{id.Value}",
            Pdf = $"https://arxiv.org/pdf/{id.Value}",
            Comment = comment,
            Withdrawn = Withdrawal.Says(text, comment),
            Ids = EntryIds.Of(("arxiv", id.Value), ("doi", doi)),
        };
    }

    /// <summary>A colon stands alone where a collaboration's name ends: <c>Collaboration : First Author</c>.</summary>
    private static string? Name(FeedElement author)
    {
        var parts = new[] { author.Child("forenames"), string.Join(' ', author.Children("keyname").Select(name => name.Value.Trim())), author.Child("suffix") };
        var name = string.Join(' ', parts.Where(part => part is { Length: > 0 })).Trim();
        return name == ":" ? null : name;
    }

    private static int Number(string? version) => int.TryParse(version?.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
