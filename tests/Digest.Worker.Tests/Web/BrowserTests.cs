using System.Diagnostics;
using Dapper;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>Pages opened and clicked in a real browser.</summary>
public sealed class BrowserTests
{
    [FactWith<BrowserPage>]
    public async Task A_person_opens_the_link_presses_the_button_and_is_unsubscribed()
    {
        await using var service = await RunningService.StartAsync();
        await service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
            values (1, 'a@example.net', 'a@example.net', 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z')
            """, transaction: transaction), CancellationToken.None);
        var token = service.Get<ReaderToken>().Write(TokenPurpose.Unsubscribe, 1, 1);
        await using var page = await BrowserPage.OpenAsync(new Uri(service.Doors.BaseAddress!, $"/u/{token}"));
        Assert.Contains("Unsubscribe", await page.UntilAsync("document.title", title => title.StartsWith("Unsubscribe from", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("active", await StateAsync(service));
        // Nothing is fetched from elsewhere, and the page fits a telephone.
        Assert.Equal("0", await page.EvaluateAsync("String(performance.getEntriesByType('resource').filter(r => !r.name.endsWith('/favicon.ico')).length)"));
        await page.ClickAsync("button");
        await page.UntilAsync("document.title", title => title == "You are unsubscribed");
        Assert.Equal("unsubscribed", await StateAsync(service));
    }

    /// <summary>Browsers add headers of their own to forms, which a program that posts does not: only here it shows whether forms are taken.</summary>
    [FactWith<BrowserPage>]
    public async Task A_person_subscribes_confirms_changes_the_hour_and_takes_it_back()
    {
        await using var service = await RunningService.StartAsync();
        var site = service.Doors.BaseAddress!;
        await using var page = await BrowserPage.OpenAsync(new Uri(site, "/subscribe?q=graph%20networks"));
        await page.UntilAsync("document.querySelector('#interests')?.value", text => text == "graph networks");
        await page.EvaluateAsync("document.querySelector('#address').value = 'ada@example.net'; ''");
        // Nobody fills in a form in less than two seconds; one that comes back sooner is a machine's.
        await Task.Delay(TimeSpan.FromSeconds(3));
        await page.ClickAsync("main .send button");
        await page.UntilAsync("document.title", title => title.StartsWith("Now open your mail", StringComparison.Ordinal));
        for (var patience = Stopwatch.StartNew(); await StateAsync(service) != "pending"; await Task.Delay(100))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "the sign-up was not taken");

        await page.GoAsync(new Uri(site, $"/c/{service.Get<ReaderToken>().Write(TokenPurpose.Confirm, 1, 0)}"), "Confirm");
        await page.ClickAsync("button");
        for (var patience = Stopwatch.StartNew(); await StateAsync(service) != "active"; await Task.Delay(100))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "the button confirmed nothing");

        var own = new Uri(site, $"/my/{service.Get<OwnLinks>().Write(TokenPurpose.Own, 1, "ada@example.net")}");
        await page.GoAsync(own, "My subscription");
        await page.FillAsync("#hour", "21");
        await page.ClickAsync("form[action*=\"/save\"] .send button");
        await page.UntilAsync("location.search + document.querySelector('#hour')?.value", text => text == "?done=saved21");
        await page.ClickAsync("form[action$=\"/undo\"] button");
        await page.UntilAsync("location.search + document.querySelector('#hour')?.value", text => text == "?done=undone07");
        Assert.Equal("", await page.EvaluateAsync("document.referrer"));
        Assert.Equal("0", await page.EvaluateAsync("String(performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin)).length)"));
    }

    private static Task<string?> StateAsync(RunningService service) => service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("select state from subscriber"), CancellationToken.None);
}
