using System.Globalization;
using System.Security.Cryptography;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web;

/// <summary>
/// Finds out whether the public address leads to this very installation: a token of a purpose of its own, with a number, is posted to the
/// unsubscribe door; only who has our key can read it and answer with the number. It changes nothing.
/// </summary>
internal sealed class DoorProbe(ReaderToken tokens)
{
    public const string Header = "X-Digest-Probe";

    /// <returns>The number of a probe; null for every other token.</returns>
    public static string? Answer(ReaderToken tokens, string token) =>
        tokens.TryRead(token, TokenPurpose.Probe, out var subject) ? subject.IssueId.ToString(CultureInfo.InvariantCulture) : null;

    /// <returns>Null when the click went all the way; else why not.</returns>
    public async Task<string?> ClickAsync(string publicUrl, CancellationToken cancellationToken)
    {
        var number = RandomNumberGenerator.GetInt32(int.MaxValue);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            // As a mail provider does it (RFC 8058, 3.1): no cookie, no referer, one field.
            using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await http.PostAsync(new Uri($"{publicUrl}/u/{tokens.Write(TokenPurpose.Probe, 0, number)}"), body, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return $"the answer was {(int)answer.StatusCode}, where one-click needs 200 without a redirect";
            return answer.Headers.TryGetValues(Header, out var values) && values.Contains(number.ToString(CultureInfo.InvariantCulture))
                ? null
                : "something else answers there, or a proxy in between keeps the request";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return e.Message;
        }
    }
}
