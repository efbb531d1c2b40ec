using System.Globalization;
using Digest.Worker.Papers;

namespace Digest.Worker.Health.Checks;

/// <summary>What lies outside and is only looked at when the operator asks: the sources' hosts, and by their clocks our own.</summary>
internal sealed class OutsideCheck(SourceList sources, TimeProvider time)
{
    /// <summary>The hosts of the sources answer, and their clocks and ours agree.</summary>
    public async Task<IReadOnlyList<CheckResult>> LookAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Digest (doctor)");
        var found = new List<CheckResult>();
        var skew = new List<TimeSpan>();
        foreach (var (options, _) in sources.All)
        {
            var key = $"reach/{options.Name}";
            if (options.Path is { Length: > 0 } path)
                found.Add(File.Exists(path) || Directory.Exists(path)
                    ? CheckResult.Ok(key, $"{options.Name}: {path} is there.")
                    : new CheckResult(key, CheckState.Failure, $"{options.Name}: {path} is not there.") { Remedy = "Correct Papers:Sources, or mount the file." });
            else if (SourceAddress.Of(options) is { } address)
                found.Add(await ReachAsync(http, key, options.Name, address, skew, cancellationToken));
        }
        if (skew.Count > 0)
            found.Add(skew.Min().Duration() < TimeSpan.FromMinutes(2)
                ? CheckResult.Ok("clock", "The clock agrees with the sources' clocks.")
                : new CheckResult("clock", CheckState.Failure, string.Create(CultureInfo.InvariantCulture, $"The clock is off by {skew.Min():c}.")) { Remedy = "Set it, and let a time service keep it: mails from the future or the past are refused." });
        else
            found.Add(CheckResult.Skipped("clock", "Nothing on the net could be asked for the time."));
        return found;
    }

    private async Task<CheckResult> ReachAsync(HttpClient http, string key, string name, Uri address, List<TimeSpan> skew, CancellationToken cancellationToken)
    {
        try
        {
            // Only the front door: what a source answers to a question counts against its limits.
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(address, "/"));
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.Headers.Date is { } date)
                skew.Add(time.GetUtcNow() - date);
            return CheckResult.Ok(key, $"{name}: {address.Host} answers.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new CheckResult(key, CheckState.Failure, $"{name}: {address.Host} does not answer.") { Detail = e.Message, Remedy = "Look at the network and the DNS of this host or container." };
        }
    }
}
