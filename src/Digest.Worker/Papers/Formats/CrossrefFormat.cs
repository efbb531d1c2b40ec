using System.Globalization;
using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>Crossref works (https://api.crossref.org): a list, or one work; JATS abstracts, dates in parts.</summary>
internal static class CrossrefFormat
{
    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        JsonRecords.Read(answer, reading, ["message"], message => Message(reading, message), (name, member) =>
        {
            if (name == "status" && !member.ToString().Equals("ok", StringComparison.OrdinalIgnoreCase))
                throw new AnswerException($"Crossref answered with the status {member}");
        }, single: true);
    }

    private static void Message(Reading reading, JsonElement message)
    {
        if (message.Member("items") is { ValueKind: JsonValueKind.Array } items)
        {
            (reading.Total, reading.Next) = (message.Number("total-results"), message.Text("next-cursor"));
            foreach (var item in items.EnumerateArray())
                Entry(reading, item);
        }
        else if (message.Text("DOI") is not null)
            Entry(reading, message);
        else
            throw new AnswerException("no works in the answer");
    }

    private static void Entry(Reading reading, JsonElement work)
    {
        if (Doi.Bare(work.Text("DOI")) is not { } doi)
        {
            reading.PutAside("no DOI", $"record {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(work.Words("title").FirstOrDefault() ?? work.Text("title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", doi);
            return;
        }
        var published = new[] { "published", "published-online", "published-print", "posted", "issued", "created" }.Select(name => Date(work, name)).FirstOrDefault(date => date is not null);
        reading.Add(new PaperEntry
        {
            Id = doi,
            Title = title,
            Abstract = ReadableText.Abstract(work.Text("abstract") ?? ""),
            Authors = AuthorNames.Clean(work.Items("author").Select(Name)),
            Categories = [.. work.Words("subject").Distinct()],
            Published = published,
            Doi = doi,
            Url = $"https://doi.org/{doi}",
            Pdf = WebAddress.Only(work.Items("link").FirstOrDefault(link => link.Text("content-type") == "application/pdf") is { ValueKind: JsonValueKind.Object } link ? link.Text("URL") : null),
            Withdrawn = work.Items("updated-by").Any(update => update.Text("type") is "retraction" or "withdrawal" or "removal"),
            Ids = EntryIds.Of(("doi", doi), ("arxiv", ArxivId.Parse(doi)?.Value)),
        });
    }

    private static string? Name(JsonElement author) =>
        string.Join(' ', new[] { author.Text("given"), author.Text("family"), author.Text("suffix") }.Where(part => part is not null)) is { Length: > 0 } name ? name : author.Text("name");

    /// <summary><c>{"date-parts":[[2024,3]]}</c>: month and day may be missing, the year may be null.</summary>
    private static DateTimeOffset? Date(JsonElement work, string name)
    {
        var parts = (work.Member(name) ?? default).Items("date-parts").FirstOrDefault();
        if (parts.ValueKind != JsonValueKind.Array)
            return null;
        var numbers = parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Null ? 0 : int.TryParse(part.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        return PartialDate.Of(numbers.ElementAtOrDefault(0), numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
    }
}
