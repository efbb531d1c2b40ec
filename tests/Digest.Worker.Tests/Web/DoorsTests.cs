using System.Net;
using Dapper;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web;

namespace Digest.Worker.Tests.Web;

/// <summary>The doors as mail providers, link scanners, browsers and forgers use them. <c>DIGEST_DOORS</c> sets the number of requests.</summary>
public sealed class DoorsTests
{
    private static readonly int Many = int.Parse(Environment.GetEnvironmentVariable("DIGEST_DOORS") ?? "300", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Scanners_may_follow_every_link_and_nothing_changes()
    {
        await using var service = await RunningService.StartAsync();
        var ids = await ReadersAsync(service, 20);
        var before = await StatesAsync(service);
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options];
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stopping) =>
        {
            using var request = new HttpRequestMessage(methods[i % 3], $"/{(i % 2 == 0 ? 'u' : 'c')}/{Token(service, ids[i % ids.Count], i % 2 == 0)}?utm=scan");
            request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (compatible; SafeLinks)");
            using var answer = await service.Doors.SendAsync(request, stopping);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        });
        Assert.Equal(before, await StatesAsync(service));
        Assert.Equal(0, await CountAsync(service, "select count(*) from outbox"));
    }

    [Fact]
    public async Task One_click_unsubscribes_each_who_clicks_without_cookie_or_referer()
    {
        await using var service = await RunningService.StartAsync();
        var ids = await ReadersAsync(service, Many);
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (id, stopping) =>
        {
            using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await service.Doors.PostAsync($"/u/{Token(service, id, unsubscribe: true)}", body, stopping);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });
        Assert.Equal(["unsubscribed"], await StatesAsync(service));
        // Once more changes nothing and says the same; each got one letter.
        using var again = await service.Doors.PostAsync($"/u/{Token(service, ids[0], unsubscribe: true)}", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(ids.Count, await CountAsync(service, "select count(*) from outbox where kind = 'unsubscribed'"));
    }

    [Fact]
    public async Task A_forged_token_gets_the_same_page_and_nothing_else()
    {
        await using var service = await RunningService.StartAsync();
        var ids = await ReadersAsync(service, 3);
        var known = Token(service, ids[0], unsubscribe: true);
        var page = await service.Doors.GetStringAsync($"/u/{known}");
        using var clicked = await service.Doors.PostAsync($"/u/{known}", null);
        var done = await clicked.Content.ReadAsStringAsync();
        var before = await StatesAsync(service);
        var forged = new[] { "x", new string('a', 5000), known[..^1] + (known[^1] == 'a' ? 'b' : 'a'), Token(service, ids[1], unsubscribe: false), "..%2f..%2fetc%2fpasswd", Token(service, 999_999, unsubscribe: true) };
        foreach (var token in forged)
        {
            Assert.Equal(page, await service.Doors.GetStringAsync($"/u/{token}"));
            using var answer = await service.Doors.PostAsync($"/u/{token}", null);
            Assert.Equal((clicked.StatusCode, done), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            Assert.Equal(Headers(clicked), Headers(answer));
        }
        Assert.Equal(before, await StatesAsync(service));
        Assert.Contains("active", before);
    }

    [Fact]
    public async Task A_million_forged_tokens_name_nobody()
    {
        await using var service = await RunningService.StartAsync();
        var tokens = service.Get<ReaderToken>();
        var valid = tokens.Write(TokenPurpose.Unsubscribe, 1, 1);
        var read = 0;
        Parallel.For(0, 4, part =>
        {
            var random = new Random(part);
            var characters = valid.ToCharArray();
            for (var i = 0; i < 250_000; i++)
            {
                for (var change = random.Next(1, 4); change > 0; change--)
                    characters[random.Next(characters.Length)] = "abcdefghijklmnopqrstuvwxyz234567"[random.Next(32)];
                var forged = new string(characters);
                if (forged != valid && tokens.TryRead(forged, TokenPurpose.Unsubscribe, out _))
                    Interlocked.Increment(ref read);
            }
        });
        Assert.Equal(0, read);
        Assert.True(tokens.TryRead(valid, TokenPurpose.Unsubscribe, out _));
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "Abbestellen", "lang=\"de\"")]
    [InlineData("tlh, fr;q=0.5", "Se désabonner", "lang=\"fr\"")]
    [InlineData("", "Unsubscribe", "lang=\"en\"")]
    [InlineData("<script>, \"", "Unsubscribe", "lang=\"en\"")]
    public async Task Pages_speak_the_browsers_language(string wanted, string button, string language)
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/u/x");
        request.Headers.TryAddWithoutValidation("Accept-Language", wanted);
        using var answer = await service.Doors.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<button>{button}</button>", page, StringComparison.Ordinal);
        Assert.Contains(language, page, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgers_are_slowed_down_and_a_click_with_our_token_passes()
    {
        // It stands still: with a new minute everybody begins anew.
        await using var service = await RunningService.StartAsync(new SteppedClock(SiteRoom.Now), settings: [("Web:RequestsPerMinute", "10")]);
        var ids = await ReadersAsync(service, 1);
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
            codes.Add((await service.Doors.GetAsync($"/u/forged{i}")).StatusCode);
        Assert.Equal((10, 2), (codes.Count(code => code == HttpStatusCode.OK), codes.Count(code => code == HttpStatusCode.TooManyRequests)));
        using var click = await service.Doors.PostAsync($"/u/{Token(service, ids[0], unsubscribe: true)}", null);
        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.Equal(["unsubscribed"], await StatesAsync(service));
    }

    [Fact]
    public async Task Readers_do_not_see_the_operators_doors_nor_the_other_way_round()
    {
        await using var service = await RunningService.StartAsync();
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics", "/METRICS" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            // What a Host header says does not matter.
            request.Headers.Host = service.Operator.BaseAddress!.Authority;
            Assert.Equal(HttpStatusCode.NotFound, (await service.Doors.SendAsync(request)).StatusCode);
            Assert.NotEqual(HttpStatusCode.NotFound, (await service.Operator.GetAsync(path)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await service.Operator.GetAsync("/u/x")).StatusCode);
        Assert.Equal("alive\n", await service.Operator.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task The_doctors_click_finds_out_whether_the_public_address_is_ours()
    {
        await using var service = await RunningService.StartAsync();
        await using var other = await RunningService.StartAsync();
        var here = service.Doors.BaseAddress!.ToString().TrimEnd('/');
        Assert.Null(await service.Get<DoorProbe>().ClickAsync(here, CancellationToken.None));
        Assert.Contains("something else", await other.Get<DoorProbe>().ClickAsync(here, CancellationToken.None), StringComparison.Ordinal);
        Assert.NotNull(await service.Get<DoorProbe>().ClickAsync("http://127.0.0.1:1", CancellationToken.None));
    }

    private static string Token(RunningService service, long id, bool unsubscribe) => service.Get<ReaderToken>().Write(unsubscribe ? TokenPurpose.Unsubscribe : TokenPurpose.Confirm, id, 7);

    private static string Headers(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal));

    private static async Task<IReadOnlyList<long>> ReadersAsync(RunningService service, int count)
    {
        await service.Database.WriteAsync(async transaction =>
        {
            for (var i = 1; i <= count; i++)
                await transaction.Connection!.ExecuteAsync(
                    """
                    insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
                    values (@email, @email, 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z')
                    """, new { email = $"reader{i}@example.net" }, transaction);
        }, CancellationToken.None);
        return [.. await service.Database.ReadAsync(connection => connection.QueryAsync<long>("select id from subscriber order by id"), CancellationToken.None)];
    }

    private static async Task<IReadOnlyList<string>> StatesAsync(RunningService service) =>
        [.. await service.Database.ReadAsync(connection => connection.QueryAsync<string>("select distinct state from subscriber order by state"), CancellationToken.None)];

    private static Task<long> CountAsync(RunningService service, string sql) => service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), CancellationToken.None);
}
