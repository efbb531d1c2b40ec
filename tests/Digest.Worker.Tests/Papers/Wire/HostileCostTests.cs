using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Digest.Worker.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers.Wire;

/// <summary>
/// What a hostile source costs the real program, measured from outside: its highest memory as Linux counts it, and its time. The good source
/// beside it is read. <c>DIGEST_SLOW=1</c> adds those that make us wait a whole minute.
/// </summary>
public sealed class HostileCostTests
{
    private const long MostMegabytes = 256;

    /// <summary>A minute for the source, and a start of the program on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(75);

    public static TheoryData<string, string> Tricks()
    {
        var tricks = new TheoryData<string, string>
        {
            { "feed", "bomb" }, { "feed", "zeros" }, { "feed", "entries" }, { "feed", "empty entries" }, { "feed", "attributes" }, { "feed", "names" }, { "feed", "one text" }, { "feed", "tag" },
            { "arxiv-rss", "entries" }, { "arxiv-oai", "entries" }, { "huggingface", "json entries" }, { "huggingface", "json one" }, { "huggingface", "json deep" }, { "openalex", "json results" },
        };
        if (Environment.GetEnvironmentVariable("DIGEST_SLOW") == "1")
        {
            tricks.Add("feed", "dribble");
            tricks.Add("feed", "silence");
            tricks.Add("arxiv-oai", "endless");
            tricks.Add("biorxiv", "endless");
        }
        return tricks;
    }

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task A_hostile_source_costs_little_and_the_good_one_is_read(string kind, string trick)
    {
        await using var server = await LoopbackHttp.StartAsync(context => AnswerAsync(context, kind, trick));
        using var program = new DigestProgram(
            ("Papers:BackfillUrl", "none"), ("Papers:KeepRawDays", "0"), ("Papers:Sources:0:Kind", kind), ("Papers:Sources:0:Name", "bad"), ("Papers:Sources:0:Url", $"{server.Url}/bad"), ("Papers:Sources:0:Categories:0", "cs.CL"),
            ("Papers:Sources:0:Query", "x"), ("Papers:Sources:1:Kind", "feed"), ("Papers:Sources:1:Name", "good"), ("Papers:Sources:1:Url", $"{server.Url}/good"));
        await program.MustAsync("migrate");
        var began = Stopwatch.GetTimestamp();
        using var process = program.Start("once");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(10);
        }
        var told = await output + await error;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"HOSTILE {kind} {trick}: {peak >> 10} MB, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {told.Split('\n').FirstOrDefault(line => line.Contains("bad:", StringComparison.Ordinal))}"));
        Assert.Contains("harvest  good: 1 new of 1", told, StringComparison.Ordinal);
        Assert.InRange(peak >> 10, 1, MostMegabytes);
        if (trick is "dribble" or "silence")
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Longest);
    }

    private static long Peak(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
                ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task AnswerAsync(HttpContext context, string kind, string trick)
    {
        if (context.Request.Path.Value!.EndsWith("/good", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2512.00001", "A good paper", "cs.CL")));
            return;
        }
        if (trick is "dribble" or "silence")
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                if (trick == "dribble")
                {
                    await context.Response.WriteAsync("<");
                    await context.Response.Body.FlushAsync();
                }
                await Task.Delay(1000, context.RequestAborted);
            }
            return;
        }
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        // Left open: the writer would close the stream in a way that the server forbids.
        await using var text = new StreamWriter(packed, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        await WriteAsync(text, kind, trick, context);
    }

    /// <summary>Just below the limits on an answer, so that it is read, or far beyond them.</summary>
    private static async Task WriteAsync(StreamWriter text, string kind, string trick, HttpContext context)
    {
        var lorem = string.Concat(Enumerable.Repeat("Some words of an abstract that never ends. ", 40));
        var (head, piece) = trick switch
        {
            "bomb" => ("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel>", "<item><title>&b;</title></item>"),
            "zeros" => ("", new string('\0', 1000)),
            "entries" when kind == "arxiv-oai" => ("<OAI-PMH><ListRecords>", "<record><header><identifier>oai:arXiv.org:2601.#</identifier></header><metadata><arXivRaw><id>2601.#</id><title>Title # of many</title><categories>cs.CL</categories><abstract>" + lorem + "</abstract></arXivRaw></metadata></record>"),
            "entries" => ("<rss><channel>", "<item><title>Title # of many</title><link>https://arxiv.org/abs/2601.#</link><guid>oai:arXiv.org:2601.#v1</guid><description>" + lorem + "</description></item>"),
            "empty entries" => ("<rss><channel>", "<item/>"),
            "attributes" => ("<rss><channel>", "<item " + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"a{n}='x' ")) + "/>"),
            "names" => ("<rss><channel><item>", "<n#x/>"),
            "one text" => ("<rss><channel><item><title>", lorem),
            "tag" => ("<rss x='", lorem.Replace('<', ' ')),
            "json entries" => ("[", "{\"paper\":{\"id\":\"2601.#\",\"title\":\"Title # of many\",\"summary\":\"" + lorem + "\"}},"),
            "json one" => ("[{\"paper\":{\"id\":\"1\",\"title\":\"", lorem),
            "json deep" => ("", "["),
            "json results" => ("{\"results\":[", "{\"id\":\"W#\",\"title\":\"Title # of many\",\"abstract_inverted_index\":{" + string.Join(',', Enumerable.Range(0, 300).Select(n => $"\"word{n}\":[{n}]")) + "}},"),
            _ => ("", ""),
        };
        if (trick == "endless")
        {
            await text.WriteAsync(kind == "biorxiv"
                ? "{\"messages\":[{\"status\":\"ok\",\"total\":\"99999999\"}],\"collection\":[" + string.Join(',', Enumerable.Range(0, 100).Select(n => $"{{\"doi\":\"10.1101/{Random.Shared.Next()}\",\"title\":\"Preprint number {n}\",\"abstract\":\"{lorem}\",\"version\":\"1\"}}")) + "]}"
                : $"<OAI-PMH><ListRecords><record><header><identifier>oai:arXiv.org:2601.00009</identifier></header><metadata><arXivRaw><id>2601.00009</id><title>T</title></arXivRaw></metadata></record><resumptionToken>{Guid.NewGuid()}</resumptionToken></ListRecords></OAI-PMH>");
            return;
        }
        await text.WriteAsync(head);
        var most = (trick is "bomb" or "zeros" ? 10_000L : trick.StartsWith("json", StringComparison.Ordinal) ? 15 : 60) << 20;
        for (var (written, number) = (0L, 0); written < most && !context.RequestAborted.IsCancellationRequested; number++)
        {
            var filled = piece.Replace("#", number.ToString("00000", CultureInfo.InvariantCulture), StringComparison.Ordinal);
            await text.WriteAsync(filled);
            written += filled.Length;
        }
    }
}
