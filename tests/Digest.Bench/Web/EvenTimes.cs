using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Digest.Worker.Subscribers;

namespace Digest.Bench.Web;

/// <summary>
/// Whether the time of an answer tells what we know: the same is asked for what is known and for what is not, in turn. Told are both medians and how
/// often one that is not known took longer than one that is: a half where nothing is told.
/// </summary>
internal static partial class EvenTimes
{
    private const int Rounds = 150;

    /// <summary>Unsubscribe doors of readers that are there, and forged ones.</summary>
    public static async Task<double> OfTokensAsync(string address, ReaderToken tokens, long firstReader)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var read = await CompareAsync("GET /u/TOKEN", i => Known(i), i => Forged(i), path => http.GetAsync(path));
        // Each of these takes a step of time, so they are asked fewer times.
        var acted = await CompareAsync("POST /u/TOKEN", i => Known(i), i => Forged(i), path => http.PostAsync(path, null), Rounds / 3);
        return Math.Abs(acted - 0.5) > Math.Abs(read - 0.5) ? acted : read;

        string Known(int i) => "/u/" + tokens.Write(TokenPurpose.Unsubscribe, firstReader + i, 1);
        string Forged(int i) => Known(i) is var known ? known[..^2] + (known[^2] == 'a' ? 'b' : 'a') + known[^1] : "";
    }

    /// <summary>Sign-ups with addresses that are subscribed, and with new ones.</summary>
    public static async Task<double> OfAddressesAsync(string address, Func<int, string> known)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var page = await http.GetStringAsync("/subscribe");
        var proof = Proof().Match(page).Groups[1].Value;
        await Task.Delay(TimeSpan.FromSeconds(3));
        return await CompareAsync("POST /subscribe", known, i => $"new{i}@readers.example.net", async email =>
        {
            using var form = new FormUrlEncodedContent([new("lang", "en"), new("proof", proof), new("address", email), new("interests", "graph networks"), new("zone", "UTC"), new("cadence", "daily"), new("hour", "07"), new("cap", "8"), new("website", "")]);
            return await http.PostAsync("/subscribe", form);
        });
    }

    private static async Task<double> CompareAsync(string name, Func<int, string> known, Func<int, string> unknown, Func<string, Task<HttpResponseMessage>> ask, int rounds = Rounds)
    {
        var (ours, others) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
            foreach (var one in i % 2 == 0 ? new[] { true, false } : [false, true])
            {
                var since = Stopwatch.GetTimestamp();
                using var answer = await ask(one ? known(i) : unknown(i));
                var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{name}: {(int)answer.StatusCode}");
                if (i >= rounds / 10)
                    (one ? ours : others).Add(took);
            }
        var longer = others.Sum(other => ours.Sum(own => other > own ? 1 : other == own ? 0.5 : 0)) / (ours.Count * (double)others.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: known {Median(ours):0.00} ms, unknown {Median(others):0.00} ms; the unknown took longer in {100 * longer:0} of 100 pairs"));
        return longer;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    [GeneratedRegex("""name="proof" value="([a-z0-9]+)""")]
    private static partial Regex Proof();
}
