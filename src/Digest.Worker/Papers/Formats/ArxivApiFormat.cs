using System.Globalization;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>arXiv's query API, an Atom feed (https://info.arxiv.org/help/api/user-manual.html). Its order of elements has changed: read by name.</summary>
internal static class ArxivApiFormat
{
    /// <exception cref="AnswerException">An error entry, or not such a feed.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        FeedXml.Read(answer, reading,
            root => _ = root.LocalName == "feed" ? true : throw new AnswerException($"not an Atom feed: the root element is {root.LocalName}"),
            reader => reader.Depth == 1 && reader.LocalName is "entry" or "totalResults" or "updated",
            element => Take(reading, element));
    }

    private static void Take(Reading reading, FeedElement element)
    {
        if (element.Name == "entry")
            Entry(reading, element);
        else if (element.Name == "updated")
            reading.Built = Dates.Parse(element.Value);
        else if (int.TryParse(element.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var total))
            reading.Total = total;
    }

    private static void Entry(Reading reading, FeedElement entry)
    {
        var link = entry.Child("id");
        if (link?.Contains("/api/errors", StringComparison.Ordinal) == true)
            throw new AnswerException($"arXiv answered with an error: {entry.Child("summary") ?? link}");
        if ((ArxivId.Parse(link) ?? entry.Children("link").Select(other => ArxivId.Parse(other.Attribute("href"))).FirstOrDefault(found => found is not null)) is not { } id)
        {
            reading.PutAside("no arXiv id", link ?? $"entry {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(entry.Child("title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id.Value);
            return;
        }
        var primary = entry.Children("primary_category").FirstOrDefault()?.Attribute("term");
        var categories = entry.Children("category").Select(category => category.Attribute("term")?.Trim()).OfType<string>().Where(term => term.Length > 0).Distinct().ToList();
        if (primary is not null)
            categories = [primary, .. categories.Where(category => category != primary)];
        var text = ReadableText.Abstract(entry.Child("summary") ?? "");
        var comment = entry.Child("comment") is { } said ? ReadableText.Title(said) : null;
        var doi = Doi.Bare(entry.Child("doi"));
        reading.Add(new PaperEntry
        {
            Id = id.Value,
            Version = id.Version,
            Title = title,
            Abstract = text,
            Authors = AuthorNames.Clean(entry.Children("author").Select(author => author.Child("name"))),
            Categories = categories,
            Published = Dates.Parse(entry.Child("published")),
            Updated = Dates.Parse(entry.Child("updated")),
            Doi = doi,
            Url = $"https://arxiv.org/abs/{id.Value}",
            Pdf = $"https://arxiv.org/pdf/{id.Value}",
            Comment = comment,
            Withdrawn = Withdrawal.Says(text, comment),
            Ids = EntryIds.Of(("arxiv", id.Value), ("doi", doi)),
        });
    }
}
