using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>OpenAlex works (https://docs.openalex.org/api-entities/works/work-object): the abstract is an inverted index.</summary>
internal static class OpenAlexFormat
{
    /// <summary>No abstract has more words; a position beyond it would only cost memory.</summary>
    private const int MostWords = 20_000;

    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        JsonRecords.Read(answer, reading, ["results"], record => Entry(reading, record), (name, member) => Member(reading, name, member));
    }

    private static void Member(Reading reading, string name, JsonElement member)
    {
        if (name == "error")
            throw new AnswerException($"OpenAlex answered with an error: {member}");
        if (name == "meta")
            (reading.Total, reading.Next) = (member.Number("count"), member.Text("next_cursor"));
    }

    private static void Entry(Reading reading, JsonElement work)
    {
        var ids = work.Member("ids") ?? default;
        if (Last(work.Text("id") ?? ids.Text("openalex")) is not { } id)
        {
            reading.PutAside("no id", $"record {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(work.Text("title") ?? work.Text("display_name") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var place = work.Member("primary_location") ?? default;
        var open = work.Member("best_oa_location") ?? default;
        var doi = Doi.Bare(work.Text("doi") ?? ids.Text("doi"));
        var arxiv = new[] { ids.Text("arxiv"), doi, place.Text("landing_page_url"), open.Text("landing_page_url") }.Select(ArxivId.Parse).OfType<ArxivId>().Cast<ArxivId?>().FirstOrDefault();
        reading.Add(new PaperEntry
        {
            Id = id,
            Title = title,
            Abstract = JournalText.Read(ReadableText.Abstract(Unfold(work.Member("abstract_inverted_index")))).Abstract,
            Authors = AuthorNames.Clean(work.Items("authorships").Select(authorship => (authorship.Member("author") ?? default).Text("display_name") ?? authorship.Text("raw_author_name"))),
            Categories = [.. work.Items("topics").Select(topic => topic.Text("display_name")).OfType<string>().Distinct()],
            Published = Dates.Parse(work.Text("publication_date")),
            Doi = doi,
            Url = WebAddress.Only(place.Text("landing_page_url")) ?? (doi is null ? $"https://openalex.org/{id}" : $"https://doi.org/{doi}"),
            Pdf = WebAddress.Only(place.Text("pdf_url") ?? open.Text("pdf_url")),
            Withdrawn = work.Member("is_retracted") is { ValueKind: JsonValueKind.True },
            Ids = EntryIds.Of(("openalex", id), ("doi", doi), ("arxiv", arxiv?.Value), ("pmid", Last(ids.Text("pmid")))),
        });
    }

    /// <summary>Each word stands with its positions.</summary>
    private static string Unfold(JsonElement? index)
    {
        if (index is not { ValueKind: JsonValueKind.Object } words)
            return "";
        var text = new SortedDictionary<int, string>();
        foreach (var word in words.EnumerateObject())
            if (word.Value.ValueKind == JsonValueKind.Array)
                foreach (var position in word.Value.EnumerateArray())
                    if (position.ValueKind == JsonValueKind.Number && position.TryGetInt32(out var at) && at is >= 0 and < MostWords)
                        text[at] = word.Name;
        return string.Join(' ', text.Values);
    }

    private static string? Last(string? address) => address?[(address.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/') is { Length: > 0 } id ? id : null;
}
