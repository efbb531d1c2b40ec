namespace Digest.Worker.Web;

/// <summary>Asks a running service for its health.</summary>
internal static class HealthProbe
{
    public static async Task<(bool Alive, string Answer)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            return (answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync(cancellationToken)).Trim()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (false, $"{address}: no answer: {e.Message}");
        }
    }
}
