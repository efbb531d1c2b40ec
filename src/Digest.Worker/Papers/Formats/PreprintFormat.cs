using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>bioRxiv and medRxiv (https://api.biorxiv.org): one record per version, numbers that may be strings, HTTP 200 for every error.</summary>
internal static class PreprintFormat
{
    public static void ReadBiorxiv(Stream answer, Reading reading) => Read(answer, reading, "biorxiv");

    public static void ReadMedrxiv(Stream answer, Reading reading) => Read(answer, reading, "medrxiv");

    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    private static void Read(Stream answer, Reading reading, string server)
    {
        JsonRecords.Read(answer, reading, ["collection"], record => Entry(reading, record, server), (name, member) =>
        {
            if (name == "messages" && member.ValueKind == JsonValueKind.Array)
                foreach (var message in member.EnumerateArray())
                    Message(reading, message);
        });
    }

    private static void Message(Reading reading, JsonElement message)
    {
        reading.Total = message.Number("total") ?? reading.Total;
        var status = message.Text("status") ?? "ok";
        if (status.Contains("no posts found", StringComparison.OrdinalIgnoreCase))
            reading.Quiet = status;
        else if (!status.Equals("ok", StringComparison.OrdinalIgnoreCase))
            throw new AnswerException($"the server answered: {ReadableText.Title(status)}");
    }

    private static void Entry(Reading reading, JsonElement record, string server)
    {
        if (Doi.Bare(record.Text("doi") ?? record.Text("preprint_doi")) is not { } doi)
        {
            reading.PutAside("no DOI", $"record {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(record.Text("title") ?? record.Text("preprint_title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", doi);
            return;
        }
        var version = record.Number("version");
        var text = ReadableText.Abstract(PreprintMarks.Remove(record.Text("abstract") ?? record.Text("preprint_abstract") ?? ""));
        var home = $"https://www.{record.Text("server")?.ToLowerInvariant() switch { "medrxiv" => "medrxiv", "biorxiv" => "biorxiv", _ => server }}.org/content/{doi}{(version is null ? "" : $"v{version}")}";
        var journal = Doi.Bare(record.Text("published"));
        reading.Add(new PaperEntry
        {
            Id = doi,
            Version = version,
            Title = title,
            Abstract = text,
            Authors = AuthorNames.Clean((record.Text("authors") ?? record.Text("preprint_authors") ?? "").Split(';').Select(AuthorNames.Forward)),
            Categories = (record.Text("category") ?? record.Text("preprint_category")) is { } category ? [category] : [],
            Published = Dates.Parse(record.Text("date") ?? record.Text("preprint_date")),
            Announced = Dates.Day(record.Text("date") ?? record.Text("preprint_date")),
            Doi = doi,
            Url = home,
            Pdf = $"{home}.full.pdf",
            Withdrawn = record.Text("type")?.Contains("withdrawn", StringComparison.OrdinalIgnoreCase) == true || title.StartsWith("WITHDRAWN", StringComparison.Ordinal) || Withdrawal.Says(text, null),
            Ids = EntryIds.Of(("doi", doi), ("journal_doi", journal)),
        });
    }
}
