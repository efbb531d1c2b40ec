using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>The page behind the unsubscribe link, opened and clicked in a real browser.</summary>
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    [ChromiumFact]
    public async Task A_person_opens_the_link_presses_the_button_and_is_unsubscribed()
    {
        await using var service = await RunningService.StartAsync();
        await service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
            values (1, 'a@example.net', 'a@example.net', 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z')
            """, transaction: transaction), CancellationToken.None);
        var token = service.Get<ReaderToken>().Write(TokenPurpose.Unsubscribe, 1, 1);
        using var profile = new TestFolder();
        var port = RunningService.FreePort();
        var start = new ProcessStartInfo(Chromium, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.Path}", $"--remote-debugging-port={port}", new Uri(service.Doors.BaseAddress!, $"/u/{token}").AbsoluteUri])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var browser = Process.Start(start)!;
        try
        {
            using var page = await OpenAsync(port);
            Assert.Contains("Unsubscribe", await UntilAsync(page, "document.title", title => title.StartsWith("Unsubscribe from", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Equal("active", await StateAsync(service));
            // Nothing is fetched from elsewhere, and the page fits a telephone.
            Assert.Equal("0", await EvaluateAsync(page, "String(performance.getEntriesByType('resource').filter(r => !r.name.endsWith('/favicon.ico')).length)"));
            await EvaluateAsync(page, "document.querySelector('button').click(); ''");
            await UntilAsync(page, "document.title", title => title == "You are unsubscribed");
            Assert.Equal("unsubscribed", await StateAsync(service));
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
        }
    }

    private static async Task<ClientWebSocket> OpenAsync(int port)
    {
        using var http = new HttpClient();
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                var pages = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/json"))!.AsArray();
                if (pages.FirstOrDefault(page => page!["type"]!.GetValue<string>() == "page") is { } found)
                {
                    var socket = new ClientWebSocket();
                    await socket.ConnectAsync(new Uri(found["webSocketDebuggerUrl"]!.GetValue<string>()), CancellationToken.None);
                    return socket;
                }
            }
            catch (HttpRequestException) when (patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                // It is still starting.
            }
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "the browser did not start");
            await Task.Delay(100);
        }
    }

    private static async Task<string> UntilAsync(ClientWebSocket page, string expression, Func<string, bool> holds)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            var value = await EvaluateAsync(page, expression);
            if (holds(value))
                return value;
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"{expression} stayed '{value}'");
            await Task.Delay(100);
        }
    }

    private static async Task<string> EvaluateAsync(ClientWebSocket page, string expression)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new { id = 1, method = "Runtime.evaluate", @params = new { expression } });
        await page.SendAsync(question, WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[65536];
        var answer = await page.ReceiveAsync(buffer, CancellationToken.None);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, answer.Count))?["result"]?["result"]?["value"]?.ToString() ?? "";
    }

    private static Task<string?> StateAsync(RunningService service) => service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("select state from subscriber"), CancellationToken.None);

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ChromiumFactAttribute : FactAttribute
    {
        public ChromiumFactAttribute()
        {
            if (!File.Exists(Chromium))
                Skip = "Chromium is not installed.";
        }
    }
}
