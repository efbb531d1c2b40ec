using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Digest.Worker.Tests.Support;

/// <summary>A page in a real browser, spoken to by its debugging protocol.</summary>
internal sealed class BrowserPage : IAsyncDisposable, INeeded
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>For a machine that is busy with much else: what does not come is waited for in vain only where something is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestFolder profile;
    private readonly Process browser;
    private readonly ClientWebSocket page;

    private BrowserPage(TestFolder profile, Process browser, ClientWebSocket page) => (this.profile, this.browser, this.page) = (profile, browser, page);

    public static string? Missing => File.Exists(Chromium) ? null : "Chromium is not installed (Debian: apt-get install chromium).";

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
        await EvaluateAsync($"location.href === '{address.AbsoluteUri}' || (location.href = '{address.AbsoluteUri}'); ''");
        // A page has its title before its forms, and one that the address left behind may be shown until then.
        await UntilAsync("document.readyState + ' ' + location.pathname + ' ' + document.title", text => text.StartsWith($"complete {address.AbsolutePath} {title}", StringComparison.Ordinal));
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
            catch (HttpRequestException) when (patience.Elapsed < Patience)
            {
                // It is still starting.
            }
            Assert.True(patience.Elapsed < Patience, "the browser did not start");
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
            Assert.True(patience.Elapsed < Patience, $"{expression} stayed '{value}'");
            await Task.Delay(100);
        }
    }

    /// <summary>Asks the page; where one goes away meanwhile the next is asked, so that what is asked must be fit for both.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (await AskPageAsync(expression) is { } value)
                return value;
            Assert.True(patience.Elapsed < Patience, $"{expression}: no page stayed");
        }
    }

    /// <summary>Presses what the selector finds, once: where the page goes away it does so because of it.</summary>
    public async Task ClickAsync(string selector) => await AskPageAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).click(); ''");

    /// <returns>Null: the page went away before it answered.</returns>
    private async Task<string?> AskPageAsync(string expression)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var answer = await AskAsync("Runtime.evaluate", new { expression, awaitPromise = true });
            var fault = answer?["error"]?["message"]?.GetValue<string>();
            // Between two pages there is none that could be asked.
            if (fault is "Cannot find default execution context" && patience.Elapsed < Patience)
                continue;
            if (fault is "Inspected target navigated or closed" or "Execution context was destroyed.")
                return null;
            Assert.True(fault is null, $"{expression}: {fault}");
            var result = answer?["result"];
            Assert.True(result?["exceptionDetails"] is null, $"{expression}: {result?["exceptionDetails"]}");
            return result?["result"]?["value"]?.ToString() ?? "";
        }
    }

    /// <summary>How its reader looks at it: as wide as a telephone or a desk's screen, dark or light, with the pages' own scripts or without.</summary>
    public async Task ShapeAsync(int width, bool dark, bool scripts)
    {
        await CommandAsync("Emulation.setDeviceMetricsOverride", new { width, height = 800, deviceScaleFactor = 1, mobile = false });
        await CommandAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });
        await CommandAsync("Emulation.setScriptExecutionDisabled", new { value = !scripts });
    }

    /// <summary>Opens an address and waits until it is there.</summary>
    public async Task VisitAsync(Uri address)
    {
        await EvaluateAsync("window.left = true; ''");
        await CommandAsync("Page.navigate", new { url = address.AbsoluteUri });
        await UntilAsync("window.left ? '' : document.readyState", state => state == "complete");
    }

    /// <summary>Presses what the selector finds and waits for the page that comes of it.</summary>
    public async Task PressAsync(string selector)
    {
        Assert.Equal("there", await EvaluateAsync($"window.left = true; document.querySelector('{selector}') ? 'there' : location.pathname"));
        await ClickAsync(selector);
        await UntilAsync("window.left ? '' : document.readyState", state => state == "complete");
    }

    /// <summary>Fills in a field as its reader would.</summary>
    public async Task FillAsync(string selector, string value) =>
        Assert.Equal(value, await EvaluateAsync($"document.querySelector('{selector}').value = {JsonSerializer.Serialize(value)}; document.querySelector('{selector}').value"));

    /// <summary>Presses a link that is kept as a file and reads it.</summary>
    public async Task<string> DownloadAsync(string selector)
    {
        using var folder = new TestFolder();
        await CommandAsync("Browser.setDownloadBehavior", new { behavior = "allow", downloadPath = folder.Path });
        await ClickAsync(selector);
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (Directory.GetFiles(folder.Path, "*.json") is [var file])
                return await File.ReadAllTextAsync(file);
            Assert.True(patience.Elapsed < Patience, $"{selector} brought no file");
        }
    }

    /// <summary>From the next page on what the pages' policy forbids is done: what is to hold must then hold without it.</summary>
    public Task IgnorePolicyAsync() => CommandAsync("Page.setBypassCSP", new { enabled = true });

    private async Task CommandAsync(string method, object parameters)
    {
        var answer = await AskAsync(method, parameters);
        Assert.True(answer?["error"] is null, $"{method}: {answer?["error"]}");
    }

    private async Task<JsonNode?> AskAsync(string method, object parameters)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new { id = 1, method, @params = parameters });
        await page.SendAsync(question, WebSocketMessageType.Text, true, CancellationToken.None);
        using var answer = new MemoryStream();
        var buffer = new byte[65536];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await page.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            answer.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length));
    }
}
