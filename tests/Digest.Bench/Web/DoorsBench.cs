using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Digest.Worker;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Web;

/// <summary>
/// <c>doors [ROUNDS] [FORGED]</c>: whether the time of an answer behind <c>/u/TOKEN</c> tells a known token from a forged one, and that of a sign-up a
/// known address from a new one, asked in turns; then so many forged tokens over HTTP, a hundred at a time, and who is still subscribed after them.
/// </summary>
internal static partial class DoorsBench
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    public static async Task<int> RunAsync(string[] arguments)
    {
        int Number(int index, int otherwise) => arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;
        var (rounds, forged) = (Number(0, 200), Number(1, 100_000));
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        var port = Ports.Free();
        await using var app = DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}",
            ["Storage:DataFolder"] = folder,
            ["Sender:From"] = "digest@lists.example.org",
            ["Web:Urls"] = $"http://127.0.0.1:{port}",
            ["Web:OperatorUrls"] = $"http://127.0.0.1:{Ports.Free()}",
            ["Web:RequestsPerMinute"] = "1000000",
        }, adjust: builder => builder.Logging.ClearProviders());
        try
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            app.MapDoors();
            await app.StartAsync();
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await CompareAsync(app, http, rounds);
            await FloodAsync(app, http, forged);
            await app.StopAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(WebApplication app, HttpClient http, int rounds)
    {
        var tokens = app.Services.GetRequiredService<ReaderToken>();
        var random = new Random();
        var proof = Proof().Match(await http.GetStringAsync("/subscribe")).Groups[1].Value;
        // A form that comes back sooner is a machine's.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var times = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            var id = (await app.Services.GetRequiredService<Subscriptions>().AddAsync(new SubscriberDraft { Email = $"reader{round}@example.org" }, "bench", null, CancellationToken.None)).Subscriber!.Id;
            var known = tokens.Write(TokenPurpose.Unsubscribe, id, 1);
            (string Name, HttpMethod Method, string Token)[] asked =
            [
                ("GET known", HttpMethod.Get, known), ("GET altered", HttpMethod.Get, Altered(known, random)), ("GET of nobody", HttpMethod.Get, tokens.Write(TokenPurpose.Unsubscribe, 900_000_000 + round, 1)),
                ("POST known", HttpMethod.Post, known), ("POST altered", HttpMethod.Post, Altered(known, random)), ("POST of nobody", HttpMethod.Post, tokens.Write(TokenPurpose.Unsubscribe, 900_000_000 + round, 1)), ("POST nonsense", HttpMethod.Post, "x"),
            ];
            // Each in another place in each round; who left already comes last by nature.
            foreach (var (name, method, token) in asked.OrderBy(_ => random.Next()).Append(("POST known again", HttpMethod.Post, known)))
            {
                using var request = new HttpRequestMessage(method, $"/u/{token}");
                Add(name, await TimeAsync(http, request));
            }
            foreach (var (name, email) in new[] { ("sign-up known", $"reader{round}@example.org"), ("sign-up altered", $"new{round}@example.org") }.OrderBy(_ => random.Next()))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/subscribe") { Content = new FormUrlEncodedContent([new("lang", "en"), new("proof", proof), new("address", email), new("interests", "graph networks"), new("zone", "UTC"), new("cadence", "daily"), new("hour", "07"), new("cap", "8"), new("website", "")]) };
                Add(name, await TimeAsync(http, request));
            }
        }
        void Add(string name, double took)
        {
            times.TryAdd(name, []);
            times[name].Add(took);
        }
        foreach (var (name, all) in times)
        {
            // The first rounds compile the code.
            var sorted = all.Skip(rounds / 10).Order().ToList();
            var against = times[name[..name.IndexOf(' ', StringComparison.Ordinal)] + " altered"].Skip(rounds / 10).ToList();
            var longer = sorted.Average(mine => against.Average(other => mine > other ? 1.0 : mine == other ? 0.5 : 0));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-18} median {sorted[sorted.Count / 2],8:0.000} ms, 90 % {sorted[sorted.Count * 9 / 10],8:0.000}, most {sorted[^1],8:0.000}; longer than an altered one in {100 * longer,5:0.0} % of pairs"));
        }
    }

    private static async Task FloodAsync(WebApplication app, HttpClient http, int count)
    {
        var tokens = app.Services.GetRequiredService<ReaderToken>();
        var reader = (await app.Services.GetRequiredService<Subscriptions>().AddAsync(new SubscriberDraft { Email = "stays@example.org" }, "bench", null, CancellationToken.None)).Subscriber!;
        var valid = tokens.Write(TokenPurpose.Unsubscribe, reader.Id, 1);
        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (i, stopping) =>
        {
            var forged = Altered(valid, new Random(i));
            using var answer = i % 10 == 0 ? await http.PostAsync($"/u/{forged}", null, stopping) : await http.GetAsync($"/u/{forged}", stopping);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{answer.StatusCode}");
        });
        var state = (await app.Services.GetRequiredService<SubscriberStore>().FindAsync(reader.Id, CancellationToken.None))!.State;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} forged tokens over HTTP, one of ten pressed, in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s; the reader is {state}"));
    }

    private static async Task<double> TimeAsync(HttpClient http, HttpRequestMessage request)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>One to three other letters; never the token itself.</summary>
    private static string Altered(string token, Random random)
    {
        var letters = token.ToCharArray();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var place = random.Next(letters.Length);
            letters[place] = Letters[(Letters.IndexOf(letters[place], StringComparison.Ordinal) + 1) % 32];
        }
        return new string(letters);
    }

    [GeneratedRegex("""name="proof" value="([a-z0-9]+)""")]
    private static partial Regex Proof();
}
