using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>Who knocks at the doors in the course of a day: scanners, readers and forgers, somebody who subscribes, the operator, a program with a key.</summary>
internal sealed partial class DayVisitors : IDisposable
{
    private readonly HttpClient reader, operators;

    public DayVisitors(LoggedDay day)
    {
        reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{day.Doors}") };
        operators = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{day.Operators}") };
    }

    /// <summary>With what nobody should write into an address or a header.</summary>
    public async Task KnockAsync(string token, string address, string secret)
    {
        foreach (var path in new[] { $"/u/{token}", $"/c/{token}?to={Uri.EscapeDataString(address)}", $"/my/{token}", $"/feed/{token}", $"/a/{token}", $"/nothing/{token}", $"/search?q={address}", $"/subscribe?address={Uri.EscapeDataString(address)}", $"/?token={token}" })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Post })
            {
                using var request = new HttpRequestMessage(method, path);
                if (method == HttpMethod.Post)
                    request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click"), new("address", address)]);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                request.Headers.TryAddWithoutValidation("From", address);
                request.Headers.TryAddWithoutValidation("Referer", $"http://127.0.0.1/my/{token}");
                using var answer = await reader.SendAsync(request);
            }
    }

    /// <summary>A reader's own pages, and the wish to be written to elsewhere.</summary>
    public async Task OwnAsync(string token, string elsewhere)
    {
        var page = await reader.GetStringAsync($"/my/{token}");
        foreach (var path in new[] { "/export", "/issues", "?done=saved" })
            (await reader.GetAsync($"/my/{token}{path}")).Dispose();
        var feed = Feed().Match(page);
        Assert.True(feed.Success, "the own page names no feed");
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(feed.Value)).StatusCode);
        using var asked = await PostAsync($"/my/{token}/address", new() { ["proof"] = Proof(page), ["address"] = elsewhere });
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
    }

    /// <summary>Whoever is faster than a human is taken for a machine and asks again.</summary>
    public async Task SubscribeAsync(string address, Func<bool> asked)
    {
        var proof = Proof(await reader.GetStringAsync("/subscribe"));
        await LoggedDay.UntilAsync(async () =>
        {
            (await PostAsync("/subscribe", new() { ["proof"] = proof, ["address"] = address, ["interests"] = "language models", ["zone"] = "Europe/Berlin", ["cadence"] = "daily", ["hour"] = "07", ["cap"] = "8" })).Dispose();
            return asked();
        }, "whoever subscribes on the page is not asked to confirm");
    }

    public async Task PressAsync(string door, string token) => (await PostAsync($"/{door}/{token}", [])).Dispose();

    /// <summary>Pages and API, with a key and with a wrong one, about somebody.</summary>
    public async Task AdministerAsync(string key, string wrong, string address)
    {
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics", "/admin" })
            (await operators.GetAsync(path)).Dispose();
        foreach (var shown in new[] { wrong, key })
            (await operators.PostAsync("/admin/login", new FormUrlEncodedContent([new("key", shown)]))).Dispose();
        foreach (var path in new[] { "", "/subscribers", "/subscribers/1", "/subscribers/1/preview", "/subscribers/1/mail", "/deliveries", "/mailbox", "/sources", $"/subscribers?text={Uri.EscapeDataString(address)}" })
            using (var page = await operators.GetAsync("/admin" + path))
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        (await operators.PostAsync("/admin/subscribers", new FormUrlEncodedContent([new("text", address)]))).Dispose();
        foreach (var shown in new[] { wrong, key })
        {
            await CallAsync(shown, HttpMethod.Get, $"/subscribers?email={Uri.EscapeDataString(address)}", null);
            await CallAsync(shown, HttpMethod.Post, "/subscribers/search", $$"""{"text": "{{address}}"}""");
            await CallAsync(shown, HttpMethod.Post, "/subscribers", $$"""{"email": "{{address}}", "interests": ["graph networks"], "letter": "welcome"}""");
            await CallAsync(shown, HttpMethod.Post, "/suppressions", $$"""{"email": "{{address}}"}""");
            await CallAsync(shown, HttpMethod.Get, "/deliveries", null);
            await CallAsync(shown, HttpMethod.Get, "/subscribers/1/export", null);
            await CallAsync(shown, HttpMethod.Post, "/subscribers", $"{{ \"email\": {address}");
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        operators.Dispose();
    }

    private async Task CallAsync(string key, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{path}-{body?.Length}");
        using var answer = await operators.SendAsync(request);
    }

    /// <summary>As browsers send a form of a page whose policy is "no-referrer".</summary>
    private async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await reader.SendAsync(request);
    }

    private static string Proof(string page) => WebUtility.HtmlDecode(ProofField().Match(page).Groups[1].Value);

    [GeneratedRegex("name=\"proof\" value=\"([^\"]+)\"")]
    private static partial Regex ProofField();

    [GeneratedRegex("/feed/[a-z2-7]{20,}")]
    private static partial Regex Feed();
}
