using System.Text.RegularExpressions;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>arXiv's daily feeds, RSS 2.0 and Atom (https://info.arxiv.org/help/rss_specifications.html, atom_specifications.html).</summary>
internal static partial class ArxivRssFormat
{
    /// <exception cref="AnswerException">Not such a feed.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        FeedXml.Read(answer, reading,
            root => _ = root.LocalName is "rss" or "feed" or "RDF" ? true : throw new AnswerException($"not an arXiv feed: the root element is {root.LocalName}"),
            reader => (reader.Depth <= 2 && reader.LocalName is "item" or "entry" or "pubDate" or "lastBuildDate" or "date") || (reader.Depth == 1 && reader.LocalName == "updated"),
            element => Take(reading, element));
    }

    private static void Take(Reading reading, FeedElement element)
    {
        if (element.Name is "item" or "entry")
            Entry(reading, element);
        else if (element.Name is "pubDate" or "date")
            reading.Day ??= Dates.Day(element.Value);
        else
            reading.Built ??= Dates.Parse(element.Value);
    }

    private static void Entry(Reading reading, FeedElement item)
    {
        var link = item.Child("link") ?? item.Children("link").FirstOrDefault()?.Attribute("href");
        var said = item.Child("description") ?? item.Child("summary") ?? "";
        var opening = Opening().Match(said);
        var old = OldArxivTitle.Read(item.Child("title") ?? "");
        var candidates = new[] { item.Child("guid"), item.Child("id"), opening.Groups["id"].Value, old.Id, link, item.Attribute("about") };
        var ids = candidates.Select(ArxivId.Parse).OfType<ArxivId>().ToList();
        if (ids.Count == 0)
        {
            reading.PutAside("no arXiv id in guid, description or link", candidates.FirstOrDefault(text => text is { Length: > 0 }) ?? $"entry {reading.Count + 1}");
            return;
        }
        var id = ids[0].Value;
        var version = ids.FirstOrDefault(candidate => candidate.Version is not null).Version;
        if (ReadableText.Title(old.Title) is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var published = item.Child("pubDate") ?? item.Child("published") ?? item.Child("date");
        var abstractText = ReadableText.Abstract(opening.Success ? said[opening.Length..] : said);
        var doi = Doi.Bare(item.Child("DOI"));
        reading.Day ??= Dates.Day(published);
        reading.Add(new PaperEntry
        {
            Id = id,
            Version = version,
            Title = title,
            Abstract = abstractText,
            Authors = AuthorNames.SplitAtCommas(string.Join(", ", Names(item))),
            Categories = [.. item.Children("category").Select(category => (category.Attribute("term") ?? category.Value).Trim()).Append(old.Category ?? "").Where(text => text.Length > 0).Distinct()],
            AnnounceType = AnnounceTypes.Parse(item.Child("announce_type")) ?? AnnounceTypes.Parse(opening.Groups["type"].Value) ?? old.Type,
            Announced = Dates.Day(published),
            Published = Dates.Parse(published),
            Updated = Dates.Parse(item.Child("updated")),
            Doi = doi,
            Url = $"https://arxiv.org/abs/{id}",
            Pdf = $"https://arxiv.org/pdf/{id}",
            Withdrawn = Withdrawal.Says(abstractText, null),
            Ids = EntryIds.Of(("arxiv", id), ("doi", doi)),
        });
    }

    private static IEnumerable<string> Names(FeedElement item) =>
        item.Children("creator").Select(creator => creator.Value).ToList() is { Count: > 0 } creators ? creators : item.Children("author").Select(author => author.Child("name") ?? author.Value);

    [GeneratedRegex(@"^\s*arXiv:(?<id>\S+)(?:\s+Announce Type:\s*(?<type>[a-z-]+)(?:\s+Abstract:|\s*$)|\s+Abstract:)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
