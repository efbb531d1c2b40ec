using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// Our own JSON lines, one paper a line: <c>id, title, abstract, authors[], categories[], announced, announce_type, published, url, pdf, code,
/// doi, comment, upvotes</c>; only the title is required (then the id is made from it). Other members are ignored.
/// </summary>
internal static class JsonLinesFormat
{
    /// <exception cref="AnswerException">There is no line at all.</exception>
    public static void Read(Stream answer, Reading reading) => Read(answer, reading, null, null);

    /// <param name="name">The file's name, for the place of a bad line.</param>
    /// <param name="today">Papers that are announced after this day are passed over; null passes over none.</param>
    public static Reading Read(Stream answer, string? name = null, DateOnly? today = null)
    {
        var reading = new Reading();
        Read(answer, reading, name, today);
        return reading;
    }

    private static void Read(Stream answer, Reading reading, string? name, DateOnly? today)
    {
        reading.IsUnbounded = true;
        using var lines = new StreamReader(answer);
        var number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                Line(reading, line, name is null ? $"line {number}" : $"{name} line {number}", today);
        }
        if (number == 0)
            throw new AnswerException("the file is empty");
    }

    private static void Line(Reading reading, string line, string where, DateOnly? today)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var paper = document.RootElement;
            if (paper.ValueKind != JsonValueKind.Object)
                reading.PutAside("not a JSON object", where);
            else if (Dates.Day(paper.Text("announced")) > today)
                return;
            else if (ReadableText.Title(paper.Text("title") ?? "") is { Length: > 0 } title)
                reading.Add(Entry(paper, title));
            else
                reading.PutAside("no title", where);
        }
        catch (InvalidOperationException)
        {
            // A member whose name is half of a surrogate pair, written as \ud800: JSON allows it, text does not.
            reading.PutAside("a name that is no text", where);
        }
        catch (JsonException e)
        {
            reading.PutAside($"not JSON: {e.Message.ReplaceLineEndings(" ")}", where);
        }
    }

    private static PaperEntry Entry(JsonElement paper, string title)
    {
        var id = paper.Text("id");
        var arxiv = ArxivId.Parse(id) ?? ArxivId.Parse(paper.Text("url"));
        var doi = Doi.Bare(paper.Text("doi"));
        return new PaperEntry
        {
            Id = arxiv?.Value ?? id ?? title,
            Version = paper.Number("version") ?? arxiv?.Version,
            Title = title,
            Abstract = ReadableText.Abstract(paper.Text("abstract") ?? ""),
            Authors = AuthorNames.Clean(paper.Words("authors")),
            Categories = [.. paper.Words("categories").Distinct()],
            AnnounceType = AnnounceTypes.Parse(paper.Text("announce_type")),
            Announced = Dates.Day(paper.Text("announced")),
            Published = Dates.Parse(paper.Text("published")),
            Updated = Dates.Parse(paper.Text("updated")),
            Doi = doi,
            Url = WebAddress.Only(paper.Text("url")) ?? (arxiv is { } known ? $"https://arxiv.org/abs/{known.Value}" : null),
            Pdf = WebAddress.Only(paper.Text("pdf")) ?? (arxiv is { } same ? $"https://arxiv.org/pdf/{same.Value}" : null),
            Code = WebAddress.Only(paper.Text("code")),
            Upvotes = paper.Number("upvotes"),
            Comment = paper.Text("comment") is { } comment ? ReadableText.Title(comment) : null,
            Withdrawn = paper.Member("withdrawn") is { ValueKind: JsonValueKind.True },
            Ids = EntryIds.Of(("arxiv", arxiv?.Value), ("doi", doi)),
        };
    }
}
