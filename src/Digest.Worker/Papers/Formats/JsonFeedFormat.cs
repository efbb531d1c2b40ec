using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/).</summary>
internal static class JsonFeedFormat
{
    /// <exception cref="AnswerException">Not such a feed.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        var isFeed = false;
        JsonRecords.Read(answer, reading, ["items"], item => Entry(reading, item), (name, member) => isFeed |= name == "version" && member.ToString().Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase));
        if (!isFeed && reading.Taken == 0)
            throw new AnswerException("JSON, but not a JSON Feed");
    }

    private static void Entry(Reading reading, JsonElement item)
    {
        var link = item.Text("url") ?? item.Text("external_url");
        var own = item.Text("id");
        var candidates = new[] { item.Text("doi"), own, link, item.Text("external_url") };
        var arxiv = candidates.Select(ArxivId.Parse).OfType<ArxivId>().Cast<ArxivId?>().FirstOrDefault();
        var doi = candidates.Select(Doi.Bare).FirstOrDefault(found => found is not null && ArxivId.Parse(found) is null);
        if ((arxiv?.Value ?? doi ?? own ?? link) is not { } id)
        {
            reading.PutAside("no id, url or DOI", item.Text("title") ?? $"item {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(item.Text("title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var people = item.Items("authors").ToList();
        reading.Add(new PaperEntry
        {
            Id = id,
            Version = arxiv?.Version,
            Title = title,
            Abstract = ReadableText.Abstract(new[] { item.Text("content_text"), item.Text("content_html"), item.Text("summary") }.MaxBy(text => text?.Length ?? 0) ?? ""),
            Authors = AuthorNames.Clean(people.Count > 0 ? people.Select(person => person.Text("name")) : [(item.Member("author") ?? default).Text("name")]),
            Categories = [.. item.Words("tags").Select(ReadableText.Title).Where(tag => tag.Length > 0).Distinct()],
            Published = Dates.Parse(item.Text("date_published")),
            Updated = Dates.Parse(item.Text("date_modified")),
            Doi = doi,
            Url = WebAddress.Only(link) ?? (doi is null ? WebAddress.Only(own) : $"https://doi.org/{doi}"),
            Pdf = arxiv is { } known ? $"https://arxiv.org/pdf/{known.Value}" : null,
            Ids = EntryIds.Of(("arxiv", arxiv?.Value), ("doi", doi)),
        });
    }
}
