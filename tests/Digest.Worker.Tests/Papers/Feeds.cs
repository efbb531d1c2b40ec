namespace Digest.Worker.Tests.Papers;

/// <summary>Feeds in the shape that arXiv gives them.</summary>
internal static class Feeds
{
    public static string Rss(params string[] items) => Rss("Mon, 26 Jan 2026 00:00:00 -0500", items);

    public static string Rss(string pubDate, string[] items) =>
        $"""
        <?xml version='1.0' encoding='UTF-8'?>
        <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
        <title>updates on arXiv.org</title><link>http://rss.arxiv.org/rss/x</link><description>x</description>
        <lastBuildDate>{pubDate}</lastBuildDate><pubDate>{pubDate}</pubDate>
        {string.Join('\n', items)}
        </channel></rss>
        """;

    public static string Item(string id, string title, string categories, string type = "new", int version = 1, string text = "We study a thing.", string pubDate = "Mon, 26 Jan 2026 00:00:00 -0500") =>
        $"""
        <item><title>{title}</title><link>https://arxiv.org/abs/{id}</link>
        <description>arXiv:{id}v{version} Announce Type: {type} 
        Abstract: {text}</description><guid isPermaLink="false">oai:arXiv.org:{id}v{version}</guid>
        {string.Concat(categories.Split(' ').Select(category => $"<category>{category}</category>"))}<pubDate>{pubDate}</pubDate>
        <arxiv:announce_type>{type}</arxiv:announce_type><dc:creator>Ada Lovelace, Émilie du Châtelet</dc:creator></item>
        """;
}
