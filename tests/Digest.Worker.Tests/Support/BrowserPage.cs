using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Digest.Worker.Tests.Support;

/// <summary>A page in a real browser, spoken to by its debugging protocol.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    public const string Chromium = "/usr/bin/chromium";

    private readonly TestFolder profile;
    private readonly Process browser;
    private readonly ClientWebSocket page;

    private BrowserPage(TestFolder profile, Process browser, ClientWebSocket page) => (this.profile, this.browser, this.page) = (profile, browser, page);

    public static async Task<BrowserPage> OpenAsync(Uri address)
    {
        var profile = new TestFolder();
        var port = Ports.Free();
        var start = new ProcessStartInfo(Chromium, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.Path}", $"--remote-debugging-port={port}", address.AbsoluteUri])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        return new BrowserPage(profile, Process.Start(start)!, await ConnectAsync(port));
    }

    public async Task GoAsync(Uri address, string title)
    {
        await EvaluateAsync($"location.href = '{address.AbsoluteUri}'; ''");
        await UntilAsync("document.title", text => text.StartsWith(title, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        page.Dispose();
        browser.Kill(entireProcessTree: true);
        await browser.WaitForExitAsync();
        browser.Dispose();
        // A helper of the browser's that is not of its tree may still be putting things away.
        for (var patience = 0; ; patience++)
        {
            try
            {
                profile.Dispose();
                return;
            }
            catch (IOException) when (patience < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(int port)
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

    public async Task<string> UntilAsync(string expression, Func<string, bool> holds)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            var value = await EvaluateAsync(expression);
            if (holds(value))
                return value;
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"{expression} stayed '{value}'");
            await Task.Delay(100);
        }
    }

    public async Task<string> EvaluateAsync(string expression)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new { id = 1, method = "Runtime.evaluate", @params = new { expression } });
        await page.SendAsync(question, WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[65536];
        var answer = await page.ReceiveAsync(buffer, CancellationToken.None);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, answer.Count))?["result"]?["result"]?["value"]?.ToString() ?? "";
    }
}
