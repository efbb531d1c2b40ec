using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>Readings of the XML formats straight from their definitions, over the whole document in memory.</summary>
internal static class XmlOracle
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Arxiv = "http://arxiv.org/schemas/atom";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";

    public static IReadOnlyList<Expected> ArxivRss(string path)
    {
        var root = Load(path).Root!;
        return root.Name.LocalName == "rss" ? [.. root.Descendants("item").Select(RssItem).OfType<Expected>()] : [.. root.Elements(Atom + "entry").Select(AtomItem).OfType<Expected>()];
    }

    public static IReadOnlyList<Expected> ArxivApi(string path) =>
    [
        .. Load(path).Root!.Elements(Atom + "entry").Select(entry =>
        {
            var link = entry.Element(Atom + "id")!.Value;
            var name = link[(link.IndexOf("/abs/", StringComparison.Ordinal) + 5)..];
            var mark = name.LastIndexOf('v');
            var primary = entry.Element(Arxiv + "primary_category")?.Attribute("term")!.Value;
            var others = entry.Elements(Atom + "category").Select(category => category.Attribute("term")!.Value).Where(term => term != primary);
            return new Expected(name[..mark], int.Parse(name[(mark + 1)..], CultureInfo.InvariantCulture), entry.Element(Atom + "title")!.Value,
                [.. entry.Elements(Atom + "author").Select(author => author.Element(Atom + "name")!.Value)], [.. new[] { primary! }.Concat(others).Distinct()])
            {
                Published = Iso(entry.Element(Atom + "published")!.Value),
                Updated = Iso(entry.Element(Atom + "updated")!.Value),
                Doi = entry.Element(Arxiv + "doi")?.Value,
            };
        }),
    ];

    public static IReadOnlyList<Expected> Oai(string path) =>
        [.. Load(path).Descendants().Where(element => element.Name.LocalName == "record" && element.Elements().Any(child => child.Name.LocalName == "metadata")).Select(OaiRecord)];

    public static IReadOnlyList<Expected> Pubmed(string path) =>
    [
        .. Load(path).Descendants().Where(element => element.Name == "MedlineCitation" || element.Name == "BookDocument").Select(citation =>
        {
            var article = citation.Name == "BookDocument" ? citation : citation.Element("Article")!;
            var date = article.Element("ArticleDate") ?? article.Element("Journal")?.Element("JournalIssue")?.Element("PubDate") ?? article.Element("ContributionDate") ?? article.Element("Book")?.Element("PubDate");
            return new Expected(citation.Element("PMID")!.Value, null, (article.Element("ArticleTitle") is { Value.Length: > 0 } title ? title : article.Element("Book")!.Element("BookTitle")!).Value,
                [.. article.Elements("AuthorList").Where(list => (string?)list.Attribute("Type") != "editors").Elements("Author").Select(PubmedName)],
                [.. citation.Descendants("DescriptorName").Select(d => d.Value).Concat(citation.Elements("KeywordList").Elements("Keyword").Select(k => Fold(k.Value))).Where(w => w.Length > 0).Distinct()])
            { Published = PubmedDay(date), Doi = article.Elements("ELocationID").FirstOrDefault(place => (string?)place.Attribute("EIdType") == "doi")?.Value };
        }),
    ];

    private static Expected? RssItem(XElement item)
    {
        if (item.Element("title")!.Value.Length == 0)
            return null;
        var guid = item.Element("guid")?.Value ?? item.Element("link")!.Value;
        var type = item.Element(Arxiv + "announce_type")?.Value ?? (item.Element("description")!.Value.Split("Announce Type: ") is [_, var rest] ? rest.Split(' ', '\n')[0] : null);
        return new Expected(Bare(guid), VersionOf(guid), item.Element("title")!.Value, Names(item.Element(Dc + "creator")!.Value), [.. item.Elements("category").Select(category => category.Value)])
        {
            AnnounceType = type,
            Published = DateTimeOffset.ParseExact(item.Element("pubDate")!.Value, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture),
            Doi = item.Element(Arxiv + "DOI")?.Value,
        };
    }

    private static Expected? AtomItem(XElement entry)
    {
        var id = entry.Element(Atom + "id")!.Value;
        return new Expected(Bare(id), VersionOf(id), entry.Element(Atom + "title")!.Value, Names(entry.Element(Dc + "creator")!.Value), [.. entry.Elements(Atom + "category").Select(category => category.Attribute("term")!.Value)])
        {
            AnnounceType = entry.Element(Arxiv + "announce_type")?.Value,
            Published = Iso(entry.Element(Atom + "published")!.Value),
            Updated = Iso(entry.Element(Atom + "updated")!.Value),
        };
    }

    private static Expected OaiRecord(XElement record)
    {
        var metadata = record.Elements().Single(child => child.Name.LocalName == "metadata").Elements().Single();
        string? Field(string name) => metadata.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();
        var header = record.Elements().Single(child => child.Name.LocalName == "header").Elements().First(child => child.Name.LocalName == "identifier").Value;
        if (metadata.Name.LocalName == "dc")
        {
            var dates = metadata.Elements().Where(child => child.Name.LocalName == "date").Select(date => Iso(date.Value)).Order().ToList();
            var identifiers = metadata.Elements().Where(child => child.Name.LocalName == "identifier").Select(identifier => identifier.Value.Trim()).ToList();
            var doi = identifiers.Select(identifier => Regex.Match(identifier, @"^(?:doi:|info:doi:|https://doi\.org/)?(10\.\d+/.+)$")).FirstOrDefault(match => match.Success)?.Groups[1].Value;
            var own = header.StartsWith("oai:arXiv.org:", StringComparison.Ordinal) ? header["oai:arXiv.org:".Length..] : doi ?? header;
            return new Expected(own, null, Field("title")!, [.. metadata.Elements().Where(child => child.Name.LocalName == "creator").Select(creator => Around(creator.Value))],
                [.. metadata.Elements().Where(child => child.Name.LocalName == "subject").Select(subject => Fold(subject.Value)).Distinct()])
            { Published = dates.Count > 0 ? dates[0] : null, Updated = dates.Count > 1 ? dates[^1] : null, Doi = doi };
        }
        var versions = metadata.Elements().Where(child => child.Name.LocalName == "version").ToList();
        var authors = metadata.Elements().Single(child => child.Name.LocalName == "authors");
        return new Expected(Field("id")!, versions.Count > 0 ? versions.Count : null, Field("title")!,
            authors.HasElements ? [.. authors.Elements().Select(Person).Where(name => name != ":")] : [.. authors.Value.Split(", ")], Field("categories")!.Split(' '))
        {
            Published = versions.Count > 0 ? DateTimeOffset.Parse(versions[0].Elements().First(child => child.Name.LocalName == "date").Value, CultureInfo.InvariantCulture) : Iso(Field("created")!),
            Updated = versions.Count > 0 ? DateTimeOffset.Parse(versions[^1].Elements().First(child => child.Name.LocalName == "date").Value, CultureInfo.InvariantCulture) : Field("updated") is { } updated ? Iso(updated) : null,
            Doi = Field("doi"),
        };
    }

    private static string Person(XElement author) => string.Join(' ',
        author.Elements().Where(part => part.Name.LocalName == "forenames").Concat(author.Elements().Where(part => part.Name.LocalName == "keyname")).Concat(author.Elements().Where(part => part.Name.LocalName == "suffix")).Select(part => part.Value.Trim()));

    private static string PubmedName(XElement author) => author.Element("CollectiveName")?.Value.Trim()
        ?? string.Join(' ', new[] { author.Element("ForeName")?.Value, author.Element("LastName")?.Value, author.Element("Suffix")?.Value }.Where(part => part is not null));

    private static DateTimeOffset PubmedDay(XElement? date)
    {
        var month = date!.Element("Month")?.Value ?? "1";
        var number = char.IsDigit(month[0]) ? int.Parse(month, CultureInfo.InvariantCulture) : DateTime.ParseExact(month[..3], "MMM", CultureInfo.InvariantCulture).Month;
        return new DateTimeOffset(int.Parse(date.Element("Year")!.Value, CultureInfo.InvariantCulture), number, int.Parse(date.Element("Day")?.Value ?? "1", CultureInfo.InvariantCulture), 0, 0, 0, TimeSpan.Zero);
    }

    private static string Around(string name) => name.Split(',') is [var last, var first] ? $"{first.Trim()} {last.Trim()}" : name.Trim();

    private static string Bare(string guid) => Regex.Match(guid, @"(\d{4}\.\d{4,5}|[a-z-]+/\d{7})").Value;

    private static int? VersionOf(string guid) => Regex.Match(guid, @"v(\d+)$") is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private static string[] Names(string creator) => creator.Split(", ");

    private static DateTimeOffset Iso(string text) => DateTimeOffset.Parse(text.Length == 4 ? $"{text}-01-01" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Fold(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    private static XDocument Load(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
