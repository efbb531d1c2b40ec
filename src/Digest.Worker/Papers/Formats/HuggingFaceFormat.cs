using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>Hugging Face Daily Papers, <c>/api/daily_papers</c>: an array; every member but the id and the title may be missing.</summary>
internal static class HuggingFaceFormat
{
    /// <exception cref="AnswerException">Not such an answer.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        JsonRecords.Read(answer, reading, [], record => Entry(reading, record), (name, member) => _ = name == "error" ? throw new AnswerException($"Hugging Face answered: {member}") : true);
    }

    private static void Entry(Reading reading, JsonElement record)
    {
        var paper = record.Member("paper") ?? record;
        if (paper.Text("id") is not { } id)
        {
            reading.PutAside("no id", $"record {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(paper.Text("title") ?? record.Text("title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var arxiv = ArxivId.Parse(id);
        reading.Add(new PaperEntry
        {
            Id = arxiv?.Value ?? id,
            Version = arxiv?.Version,
            Title = title,
            Abstract = ReadableText.Abstract(paper.Text("summary") ?? record.Text("summary") ?? ""),
            Authors = AuthorNames.Clean(paper.Items("authors")
                .Where(author => author.Member("hidden") is not { ValueKind: JsonValueKind.True })
                .Select(author => author.ValueKind == JsonValueKind.String ? author.GetString() : author.Text("name"))),
            Announced = Dates.Day(paper.Text("submittedOnDailyAt")),
            Published = Dates.Parse(paper.Text("publishedAt") ?? record.Text("publishedAt")),
            Url = arxiv is { } known ? $"https://arxiv.org/abs/{known.Value}" : $"https://huggingface.co/papers/{id}",
            Pdf = arxiv is { } same ? $"https://arxiv.org/pdf/{same.Value}" : null,
            Code = WebAddress.Only(paper.Text("githubRepo")),
            Upvotes = paper.Number("upvotes") ?? record.Number("upvotes"),
            Ids = EntryIds.Of(("arxiv", arxiv?.Value), ("huggingface", arxiv is null ? id : null)),
        });
    }
}
