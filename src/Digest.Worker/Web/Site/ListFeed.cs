using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Digest.Worker.Delivery;
using Digest.Worker.Papers;
using Digest.Worker.Settings;

namespace Digest.Worker.Web.Site;

/// <summary>A list for programs: Atom (RFC 4287) and JSON Feed 1.1 with what we know beside it.</summary>
internal sealed class ListFeed(PublicAddress site, SenderOptions sender, TimeProvider time)
{
    private static readonly XNamespace Xml = "http://www.w3.org/2005/Atom";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Answer Atom(ListAddress address, IReadOnlyList<Paper> papers, string language) => Atom(address.Url, address.Write(".atom"), Title(address), papers, language);

    public Answer Atom(string page, string self, string title, IReadOnlyList<Paper> papers, string language)
    {
        var feed = new XElement(Xml + "feed",
            new XAttribute(XNamespace.Xml + "lang", language),
            new XElement(Xml + "id", Absolute(page)),
            new XElement(Xml + "title", Clean(title)),
            new XElement(Xml + "updated", Moment(papers.Count > 0 ? papers.Max(paper => paper.SeenAt) : time.GetUtcNow())),
            new XElement(Xml + "author", new XElement(Xml + "name", Clean(sender.Name))),
            new XElement(Xml + "link", new XAttribute("rel", "alternate"), new XAttribute("href", Absolute(page))),
            new XElement(Xml + "link", new XAttribute("rel", "self"), new XAttribute("href", Absolute(self))),
            papers.Select(Entry));
        return new Answer(StatusCodes.Status200OK, "application/atom+xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + feed.ToString(SaveOptions.DisableFormatting));
    }

    public Answer Json(ListAddress address, IReadOnlyList<Paper> papers, string language) => Json(address.Url, address.Write(".json"), Title(address), papers, language);

    public Answer Json(string page, string self, string title, IReadOnlyList<Paper> papers, string language)
    {
        var feed = new
        {
            version = "https://jsonfeed.org/version/1.1",
            title,
            language,
            home_page_url = Absolute(page),
            feed_url = Absolute(self),
            items = papers.Select(paper => new
            {
                id = paper.WorkKey,
                url = Absolute(ListAddress.Of(paper)),
                external_url = paper.Url,
                title = paper.Title,
                content_text = paper.Abstract,
                authors = paper.Authors.Select(name => new { name }),
                tags = paper.Categories,
                date_published = Moment(paper.Published ?? paper.SeenAt),
                _paper = new { announced = paper.Announced, announce_type = AnnounceTypes.ToText(paper.AnnounceType), votes = paper.Upvotes, pdf = paper.PdfUrl, code = paper.CodeUrl, doi = paper.Doi, version = paper.Version },
            }),
        };
        return new Answer(StatusCodes.Status200OK, "application/feed+json; charset=utf-8", JsonSerializer.Serialize(feed, Readable));
    }

    private string Title(ListAddress address) => $"{sender.Name}: {address.Period}{(address.Category is { } category ? $" {category}" : "")}";

    private XElement Entry(Paper paper) => new(Xml + "entry",
        new XElement(Xml + "id", Absolute(ListAddress.Of(paper))),
        new XElement(Xml + "title", Clean(paper.Title)),
        new XElement(Xml + "updated", Moment(paper.SeenAt)),
        paper.Published is { } published ? new XElement(Xml + "published", Moment(published)) : null,
        paper.Authors.Select(author => new XElement(Xml + "author", new XElement(Xml + "name", Clean(author)))),
        paper.Categories.Select(category => new XElement(Xml + "category", new XAttribute("term", Clean(category)))),
        new XElement(Xml + "link", new XAttribute("rel", "alternate"), new XAttribute("href", Absolute(ListAddress.Of(paper)))),
        Related(paper.Url, "via"),
        Related(paper.PdfUrl, "related"),
        Related(paper.CodeUrl, "related"),
        new XElement(Xml + "summary", Clean(paper.Abstract)));

    private static XElement? Related(string? address, string relation) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? new XElement(Xml + "link", new XAttribute("rel", relation), new XAttribute("href", uri.AbsoluteUri)) : null;

    private string Absolute(string path) => (site.Url ?? "") + path;

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML has no way to write most control characters and half pairs.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is '\t' or '\n' or (>= 0x20 and not 0xFFFE and not 0xFFFF)).Select(rune => rune.ToString()));
}
