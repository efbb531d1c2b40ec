using System.Diagnostics;
using System.Globalization;
using System.Text;
using Digest.Worker.Papers.Formats;

namespace Digest.Bench.Papers;

/// <summary>
/// <c>parse [FILE]</c>: one arXiv feed of 2,000 entries, from its bytes to readable entries. With a file, its items are repeated until there are
/// 2,000. Tells CPU time, because other work on the machine does not count, and what is alive in memory afterwards.
/// </summary>
internal static class ParseBench
{
    private const int Entries = 2000;
    private const int Rounds = 5;

    public static int Run(string[] arguments)
    {
        var feed = Encoding.UTF8.GetBytes(Feed(arguments is [var path] ? Items(File.ReadAllText(path)) : [Invented()]));
        Console.WriteLine($"{feed.Length >> 10} kB, {Entries} entries");
        for (var round = 1; round <= Rounds; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var wall = Stopwatch.GetTimestamp();
            var reading = ArxivRssFormat.Read(new MemoryStream(feed));
            var elapsed = Stopwatch.GetElapsedTime(wall);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: {reading.Entries.Count} entries, {(process.TotalProcessorTime - cpu).TotalMilliseconds:0} ms CPU, {elapsed.TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MB allocated, {process.PeakWorkingSet64 >> 20} MB peak"));
        }
        var before = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        FeedXml.Read(new MemoryStream(feed), new Reading(), _ => { }, reader => reader.LocalName == "item", _ => { });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"of which the XML: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - before) >> 20} MB allocated"));
        return 0;
    }

    private static string Feed(IReadOnlyList<string> items)
    {
        var feed = new StringBuilder("""<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><pubDate>Wed, 28 Jan 2026 00:00:00 -0500</pubDate>""");
        for (var i = 0; i < Entries; i++)
            feed.Append(items[i % items.Count]);
        return feed.Append("</channel></rss>").ToString();
    }

    private static IReadOnlyList<string> Items(string feed) => [.. feed.Split("<item>").Skip(1).Select(item => "<item>" + item.Split("</item>")[0] + "</item>")];

    private static string Invented() =>
        $"""
        <item><title>On the $\epsilon$-Regularity of M\"obius Maps</title><link>https://arxiv.org/abs/2601.18798</link><description>arXiv:2601.18798v1 Announce Type: new 
        Abstract: {string.Concat(Enumerable.Repeat("We bound the error by $\\mathcal{O}(n^{2})$ and show that ``smooth'' maps with 5\\% noise converge, see \\url{https://example.org/x}. ", 12))}</description>
        <guid>oai:arXiv.org:2601.18798v1</guid><category>math.CV</category><pubDate>Wed, 28 Jan 2026 00:00:00 -0500</pubDate>
        <arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ada Lovelace, Émilie du Châtelet, Sofya Kovalevskaya</dc:creator></item>
        """;
}
