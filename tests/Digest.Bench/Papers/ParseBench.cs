using System.Diagnostics;
using System.Globalization;
using System.Text;
using Digest.Worker.Papers.Formats;

namespace Digest.Bench.Papers;

/// <summary>
/// <c>parse [FILE]</c>: one arXiv feed of 2,000 entries in a file, from its bytes to readable entries. With a file, its items are repeated until there
/// are 2,000. Tells CPU time, because other work on the machine does not count; then the same as a user has it, <c>parse-feed</c> as a process from
/// its start to its end, with its highest memory, beside that of a feed with a single entry.
/// </summary>
internal static class ParseBench
{
    private const int Entries = 2000;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var items = arguments is [var path] ? Items(await File.ReadAllTextAsync(path)) : [Invented()];
        var (large, small) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(large, Feed(items, Entries));
        await File.WriteAllTextAsync(small, Feed(items, 1));
        Console.WriteLine($"{new FileInfo(large).Length >> 10} kB, {Entries} entries");
        for (var round = 1; round <= Rounds; round++)
            Round(round, large);
        foreach (var (name, file) in new[] { ("2,000 entries", large), ("one entry", small) })
        {
            var spent = await Measured.RunAsync("dotnet", [typeof(ArxivRssFormat).Assembly.Location, "parse-feed", "--source", "arxiv-rss", file]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parse-feed, {name}: {spent.Cpu.TotalMilliseconds:0} ms CPU, {spent.Wall.TotalMilliseconds:0} ms, {spent.PeakMegabytes} MB peak, exit {spent.Code}"));
            File.Delete(file);
        }
        return 0;
    }

    private static void Round(int number, string file)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var wall = Stopwatch.GetTimestamp();
        using var answer = File.OpenRead(file);
        var reading = new Reading();
        ArxivRssFormat.Read(answer, reading);
        var elapsed = Stopwatch.GetElapsedTime(wall);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"round {number}: {reading.Entries.Count} entries, {(process.TotalProcessorTime - cpu).TotalMilliseconds:0} ms CPU, {elapsed.TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MB allocated, {process.PeakWorkingSet64 >> 20} MB peak"));
    }

    private static string Feed(IReadOnlyList<string> items, int entries)
    {
        var feed = new StringBuilder("""<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><pubDate>Wed, 28 Jan 2026 00:00:00 -0500</pubDate>""");
        for (var i = 0; i < entries; i++)
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
