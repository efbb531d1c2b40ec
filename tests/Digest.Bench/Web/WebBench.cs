using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Digest.Bench.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Search;

namespace Digest.Bench.Web;

/// <summary>
/// <c>web [PAPERS] [SECONDS]</c>: the program in a process of its own over so many stored papers, asked by <c>wrk</c> on the same machine: the day's
/// page, a search, many searches, each once while nothing else happens and once while it sends mails into smtp-sink; memory over all of it; how
/// large the day's page is. The last line is JSON. <c>web serve [PAPERS]</c> serves until a key is pressed, for browsers and other tools.
/// </summary>
internal static class WebBench
{
    private const int Readers = 40_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var serve = arguments is ["serve", ..];
        var numbers = arguments.Skip(serve ? 1 : 0).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var (papers, seconds) = (numbers.ElementAtOrDefault(0) is > 0 and var asked ? asked : 100_000, numbers.ElementAtOrDefault(1) is > 0 and var long_ ? long_ : 10);
        if (!serve && (!File.Exists(Wrk.Program) || !File.Exists("/usr/sbin/smtp-sink")))
        {
            await Console.Error.WriteLineAsync("wrk or smtp-sink (Debian: wrk, postfix) is not installed here");
            return 2;
        }
        var port = Ports.Free();
        await using var stored = await StoredPapers.CreateAsync($"http://127.0.0.1:{port}");
        await BenchIssues.FillAsync(stored.Get<Database>(), 0, BenchInstallation.Now);
        await stored.AddAsync(StoredPapers.Read("seed/papers.jsonl"));
        await stored.FillAsync(papers);
        var day = await stored.Get<PaperListStore>().LastDayAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), CancellationToken.None);
        using var sink = serve ? null : await SmtpSink.StartAsync();
        using var program = await ServedProgram.StartAsync(stored, port, sink?.Settings(4) ?? new() { ["Delivery:Transport"] = "pickup" });
        if (serve)
        {
            Console.WriteLine($"{program.Address}/ is served, the newest day is {day:yyyy-MM-dd}; press Return to end");
            await Console.In.ReadLineAsync();
            return 0;
        }
        var figures = new Dictionary<string, object?> { ["papers"] = await stored.Get<PaperStore>().CountAsync(CancellationToken.None) };
        (figures["day_octets"], figures["day_octets_gzip"]) = await SizesAsync(program.Address);
        var searches = Searches();
        await Wrk.RunAsync(program.Address, ["/", .. searches.Take(20)], 3);
        var atRest = program.Megabytes;
        await MeasureAsync("", figures, program, searches, seconds);
        await BenchIssues.FillAsync(stored.Get<Database>(), Readers, BenchInstallation.Now);
        await MeasureAsync("_sending", figures, program, searches, seconds);
        figures["sent_meanwhile"] = (await stored.Get<OutboxReportStore>().StatesAsync(CancellationToken.None)).FirstOrDefault(state => state.State == "sent")?.Mails ?? 0;
        (figures["memory_mb_at_rest"], figures["memory_mb_after"]) = (atRest, program.Megabytes);
        Console.WriteLine(JsonSerializer.Serialize(figures));
        return 0;
    }

    private static async Task MeasureAsync(string when, Dictionary<string, object?> figures, ServedProgram program, IReadOnlyList<string> searches, int seconds)
    {
        foreach (var (name, addresses) in new (string, IReadOnlyList<string>)[] { ("day", ["/"]), ("search", [SearchDoor.Url(SearchBench.ModelQuery)]), ("searches", searches) })
        {
            var measured = await Wrk.RunAsync(program.Address, addresses, seconds);
            Console.WriteLine($"{name + when,-18}{measured}, {program.Megabytes} MB");
            (figures[$"{name}{when}_per_second"], figures[$"{name}{when}_p99_ms"], figures[$"{name}{when}_failed"]) = (Math.Round(measured.PerSecond), Math.Round(measured.Most, 1), measured.Failed);
        }
    }

    /// <summary>Two or three words that stand together in real titles: no two are alike, so no answer is kept for the next.</summary>
    private static List<string> Searches()
    {
        var titles = StoredPapers.Read("hf/daily_papers.jsonl.gz").Select(paper => paper.Title.Split([' ', ':', ',', '?'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.All(char.IsLetter)).ToList());
        return [.. titles.Where(words => words.Count > 4).SelectMany((words, i) => new[] { words.Take(2 + (i % 2)), words.Skip(2).Take(2 + (i % 3)) }).Select(words => SearchDoor.Url(string.Join(' ', words))).Distinct()];
    }

    private static async Task<(long Plain, long Compressed)> SizesAsync(string address)
    {
        using var http = new HttpClient();
        var plain = (await http.GetByteArrayAsync(new Uri(address))).LongLength;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await http.SendAsync(request);
        var compressed = (await answer.Content.ReadAsByteArrayAsync()).LongLength;
        Console.WriteLine($"the day's page has {plain} octets, {compressed} compressed");
        return (plain, compressed);
    }
}
