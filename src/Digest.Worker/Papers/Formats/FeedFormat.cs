using System.Text.RegularExpressions;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>Any RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0) or JSON Feed, as journals and preprint servers give them; Dublin Core and PRISM where they are used.</summary>
internal static partial class FeedFormat
{
    /// <exception cref="AnswerException">Not a feed.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        var (head, whole) = RewoundStream.Peek(answer, 64);
        if (head.Span.TrimStart("\uFEFF"u8).TrimStart(" \r\n\t\0"u8) is [(byte)'{', ..])
        {
            JsonFeedFormat.Read(whole, reading);
            return;
        }
        FeedXml.Read(whole, reading,
            root => _ = root.LocalName is "rss" or "RDF" or "feed" ? true : throw new AnswerException($"not a feed: the root element is {root.LocalName}"),
            reader => reader.Depth <= 2 && reader.LocalName is "item" or "entry" or "lastBuildDate" or "updated",
            element => Take(reading, element));
    }

    private static void Take(Reading reading, FeedElement element)
    {
        if (element.Name is "item" or "entry")
            Entry(reading, element);
        else
            reading.Built ??= Dates.Parse(element.Value);
    }

    private static void Entry(Reading reading, FeedElement item)
    {
        var link = Link(item);
        var own = item.Child("guid") ?? item.Child("id") ?? item.Attribute("about")?.Trim();
        string?[] candidates = [item.Child("doi"), item.Child("DOI"), .. item.Children("identifier").Select(identifier => identifier.Value.Trim()), own, link];
        var arxiv = candidates.Select(ArxivId.Parse).OfType<ArxivId>().Cast<ArxivId?>().FirstOrDefault();
        var doi = candidates.Select(Doi.Bare).FirstOrDefault(found => found is not null && ArxivId.Parse(found) is null);
        var pmid = candidates.Select(Pmid).FirstOrDefault(found => found is not null);
        if ((arxiv?.Value ?? doi ?? pmid ?? own ?? link) is not { } id)
        {
            reading.PutAside("no guid, link or DOI", item.Child("title") ?? $"entry {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(item.Child("title") ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var (text, named) = JournalText.Read(ReadableText.Abstract(Longest(item.Child("description"), item.Child("summary"), item.Child("encoded"), item.Child("content"))));
        reading.Add(new PaperEntry
        {
            Id = id,
            Version = arxiv?.Version,
            Title = title,
            Abstract = text,
            Authors = Authors(item) is { Count: > 0 } authors ? authors : named,
            AnnounceType = AnnounceTypes.Parse(item.Child("announce_type")),
            Categories = [.. Categories(item).Distinct()],
            Published = Dates.Parse(item.Child("published") ?? item.Child("pubDate") ?? item.Child("issued") ?? item.Child("date") ?? item.Child("publicationDate") ?? item.Child("created")),
            Updated = Dates.Parse(item.Child("updated") ?? item.Child("modified")),
            Doi = doi,
            Url = WebAddress.Only(link) ?? (doi is null ? WebAddress.Only(own) : $"https://doi.org/{doi}"),
            Pdf = arxiv is { } known ? $"https://arxiv.org/pdf/{known.Value}" : null,
            Ids = EntryIds.Of(("arxiv", arxiv?.Value), ("doi", doi), ("pmid", pmid)),
        });
    }

    private static string? Link(FeedElement item)
    {
        var links = item.Children("link").ToList();
        var best = links.FirstOrDefault(link => (link.Attribute("rel") ?? "alternate") == "alternate") ?? links.FirstOrDefault();
        return best?.Attribute("href")?.Trim() ?? (best?.Value.Trim() is { Length: > 0 } text ? text : null);
    }

    private static IReadOnlyList<string> Authors(FeedElement item)
    {
        var creators = item.Children("creator").Select(creator => creator.Value).ToList();
        if (creators.Count == 1)
            return AuthorNames.FromLine(creators[0]);
        if (creators.Count > 1)
            return AuthorNames.Clean(creators.Select(creator => AuthorNames.Forward(creator.Trim())));
        var authors = item.Children("author").ToList();
        if (authors.Any(author => author.HasElements))
            return AuthorNames.Clean(authors.Select(author => author.Child("name")));
        // RSS 2.0 wants "address (Name)" here.
        return authors.Count == 1
            ? AuthorNames.FromLine(MailWithName().Match(authors[0].Value) is { Success: true } match ? match.Groups["name"].Value : authors[0].Value)
            : AuthorNames.Clean(authors.Select(author => author.Value));
    }

    private static IEnumerable<string> Categories(FeedElement item) =>
        item.Children("category").Select(category => category.Attribute("term") ?? category.Value)
            .Concat(item.Children("subject").Select(subject => subject.Value))
            .Select(ReadableText.Title).Where(category => category.Length > 0);

    private static string? Pmid(string? text) => text is not null && PubmedId().Match(text) is { Success: true } match ? match.Groups["id"].Value : null;

    private static string Longest(params string?[] texts) => texts.MaxBy(text => text?.Length ?? 0) ?? "";

    [GeneratedRegex(@"^(?:pubmed:|pmid:\s*|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)(?<id>\d{1,9})(?:[/?#].*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PubmedId();

    [GeneratedRegex(@"^\S+@\S+\s+\((?<name>.+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex MailWithName();
}
