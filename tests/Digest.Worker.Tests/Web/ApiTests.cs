using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Digest.Worker.Access;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Web;

public sealed class ApiTests
{
    [Fact]
    public async Task A_key_opens_what_its_scope_says_and_nothing_after_it_was_revoked()
    {
        await using var room = await ApiRoom.OpenAsync();
        foreach (var key in new[] { "", "x", "digest_", room.Reader[..^1], room.Reader[..^1] + (room.Reader[^1] == 'a' ? 'b' : 'a'), room.Reader.ToUpperInvariant() })
        {
            var (status, _, answer) = await room.AskAsync(HttpMethod.Get, "/subscribers", key: key);
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (status, answer.Headers.WwwAuthenticate.Single().Scheme));
        }
        Assert.Equal(HttpStatusCode.OK, (await room.AskAsync(HttpMethod.Get, "/subscribers", key: room.Reader)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await room.AskAsync(HttpMethod.Post, "/subscribers", new JsonObject { ["email"] = "a@example.org" }, key: room.Reader)).Status);
        Assert.Equal(0, await CountAsync(room, "subscriber"));
        Assert.Equal(HttpStatusCode.NotFound, (await room.Service.Doors.GetAsync("/api/v1/subscribers")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Service.Doors.GetAsync("/api/v1/openapi.json")).StatusCode);

        var all = await room.Service.Get<AccessKeyStore>().AllAsync(CancellationToken.None);
        Assert.NotNull(all.Single(key => key.Name == "reads").UsedOn);
        Assert.DoesNotContain(room.Reader, string.Join(' ', await room.Service.Database.ReadAsync(connection => connection.QueryAsync<string>("select name || hash from api_key"), CancellationToken.None)), StringComparison.Ordinal);
        Assert.True(await room.Service.Get<AccessKeyStore>().RevokeAsync(all[0].Id, DateTimeOffset.UnixEpoch, CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, (await room.AskAsync(HttpMethod.Get, "/subscribers", key: room.Reader)).Status);
    }

    [Fact]
    public async Task Guesses_are_slowed_down_and_a_key_passes()
    {
        await using var room = await ApiRoom.OpenAsync(new FakeTimeProvider(SiteRoom.Now), ("Web:RequestsPerMinute", "10"));
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
            codes.Add((await room.AskAsync(HttpMethod.Get, "/papers", key: $"guess{i}")).Status);
        Assert.Equal(2, codes.Count(code => code == HttpStatusCode.TooManyRequests));
        await room.GetAsync("/papers");
    }

    [Fact]
    public async Task A_subscription_is_made_changed_paused_ended_and_forgotten()
    {
        await using var room = await ApiRoom.OpenAsync();
        var (status, added, answer) = await room.AskAsync(HttpMethod.Post, "/subscribers", JsonNode.Parse("""
            {"email": "Ada@Example.org", "name": "Ada", "timeZone": "Europe/Berlin", "cadence": "weekly:friday", "hour": 6, "cap": 12, "nothingToday": true, "interests": ["graph networks", "-survey"], "letter": "welcome"}
            """));
        Assert.Equal(HttpStatusCode.Created, status);
        var path = answer.Headers.Location!.ToString()["/api/v1".Length..];
        var shown = await room.GetAsync(path);
        Assert.True(JsonNode.DeepEquals(added, shown), $"{added} is not {shown}");
        Assert.Equal(("Ada@Example.org", "active", "Europe/Berlin", "weekly:friday", 6, 12, true, "api"),
            (Text(shown, "email"), Text(shown, "state"), Text(shown, "timeZone"), Text(shown, "cadence"), (int)shown["hour"]!, (int)shown["cap"]!, (bool)shown["nothingToday"]!, Text(shown, "consentSource")));
        Assert.Equal(["welcome"], await room.Service.Database.ReadAsync(connection => connection.QueryAsync<string>("select kind from outbox"), CancellationToken.None));

        var (_, changed, _) = await room.AskAsync(HttpMethod.Patch, path, new JsonObject { ["hour"] = 9 });
        Assert.Equal((9, 12), ((int)changed!["hour"]!, (int)changed["cap"]!));
        var number = path.Split('/')[^1];
        var (_, profile, _) = await room.AskAsync(HttpMethod.Put, $"/profiles/{number}", new JsonObject { ["interests"] = new JsonArray("diffusion models") });
        Assert.Equal("diffusion models", profile!["interests"]![0]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(profile, await room.GetAsync($"/profiles/{number}")));

        Assert.Equal("paused", Text((await room.AskAsync(HttpMethod.Post, path + "/pause", new JsonObject())).Body!, "state"));
        Assert.Equal("active", Text((await room.AskAsync(HttpMethod.Post, path + "/resume")).Body!, "state"));
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, path + "/resume")).Status);
        Assert.Equal("unsubscribed", Text((await room.AskAsync(HttpMethod.Post, path + "/unsubscribe")).Body!, "state"));
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/subscribers", new JsonObject { ["email"] = "ada@example.org" })).Status);
        Assert.Contains("Ada@Example.org", (await room.GetAsync(path + "/export")).ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.AskAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.AskAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("erased", Text((await room.AskAsync(HttpMethod.Post, "/suppressions/check", new JsonObject { ["email"] = "ada@example.org" })).Body!, "reason"));
    }

    [Fact]
    public async Task A_named_request_is_done_once_and_answered_alike_for_a_day()
    {
        var clock = new FakeTimeProvider(SiteRoom.Now);
        await using var room = await ApiRoom.OpenAsync(clock);
        JsonObject Wish(string email) => new() { ["email"] = email };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => room.AskAsync(HttpMethod.Post, "/subscribers", Wish("ada@example.org"), "one")));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Created, answers[0].Body!.ToJsonString(), answers[0].Answer.Headers.Location), (answer.Status, answer.Body!.ToJsonString(), answer.Answer.Headers.Location)));
        Assert.Equal((1, 1), (await CountAsync(room, "subscriber"), await CountAsync(room, "outbox")));

        Assert.Equal("urn:digest:problem:idempotency-key-reused", Text((await room.AskAsync(HttpMethod.Post, "/subscribers", Wish("eve@example.org"), "one")).Body!, "type"));
        // Another's key knows nothing of it, and what was refused may be asked again.
        var other = (await room.Service.Get<AccessKeys>().MakeAsync("other", KeyScope.Write, CancellationToken.None)).Text;
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/subscribers", Wish("ada@example.org"), "one", other)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/subscribers", Wish("ada@example.org"), "two")).Status);
        Assert.Equal(1, await CountAsync(room, "api_answer"));

        clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/subscribers", Wish("ada@example.org"), "one")).Status);
        Assert.Equal(HttpStatusCode.Created, (await room.AskAsync(HttpMethod.Post, "/subscribers", Wish("bob@example.org"), "one")).Status);
        Assert.Equal(1, await CountAsync(room, "api_answer"));
        // Who is forgotten is forgotten here too.
        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Delete, "/subscribers/2")).Status);
        Assert.Equal(0, await CountAsync(room, "api_answer"));
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_to_their_end()
    {
        await using var room = await ApiRoom.OpenAsync();
        for (var i = 0; i < 7; i++)
            await room.AddAsync($"reader{i}@example.org");
        await room.AddAsync("under_score@example.org");
        var seen = new List<string>();
        for (var path = "/subscribers?limit=3"; path is not null;)
        {
            var (status, page, answer) = await room.AskAsync(HttpMethod.Get, path, key: room.Reader);
            Assert.Equal(HttpStatusCode.OK, status);
            seen.AddRange(page!["items"]!.AsArray().Select(item => Text(item!, "email")));
            path = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('>')[0]["</api/v1".Length..] : null;
            Assert.Equal(path is null, page["next"] is null);
        }
        Assert.Equal([.. Enumerable.Range(0, 7).Select(i => $"reader{i}@example.org"), "under_score@example.org"], seen);

        var (_, found, _) = await room.AskAsync(HttpMethod.Post, "/subscribers/search", new JsonObject { ["text"] = "R_S", ["limit"] = 5 }, key: room.Reader);
        Assert.Equal("under_score@example.org", Text(found!["items"]!.AsArray().Single()!, "email"));
        (_, found, _) = await room.AskAsync(HttpMethod.Post, "/subscribers/search", new JsonObject { ["text"] = "reader", ["state"] = "paused" }, key: room.Reader);
        Assert.Empty(found!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("Ångström", "ÅNGSTRÖM")]
    [InlineData("ÉMILIE DU CHÂTELET", "émilie")]
    [InlineData("Жуковский", "жУКОВ")]
    [InlineData("Ada_Lovelace", "a_l")]
    public async Task A_name_is_found_whatever_its_capitals(string name, string asked)
    {
        await using var room = await ApiRoom.OpenAsync();
        await room.AddAsync("other@example.org");
        var reader = await room.AddAsync("reader@example.org");
        await room.AskAsync(HttpMethod.Patch, $"/subscribers/{reader["id"]}", new JsonObject { ["name"] = name });
        var (_, found, _) = await room.AskAsync(HttpMethod.Post, "/subscribers/search", new JsonObject { ["text"] = asked }, key: room.Reader);
        Assert.Equal("reader@example.org", Text(found!["items"]!.AsArray().Single()!, "email"));
    }

    [Fact]
    public async Task A_list_of_suppressed_addresses_goes_on_where_it_was_whatever_comes_and_goes()
    {
        await using var room = await ApiRoom.OpenAsync();
        for (var i = 0; i < 6; i++)
            await room.AskAsync(HttpMethod.Post, "/suppressions", new JsonObject { ["email"] = $"reader{i}@example.org" });
        var page = await room.GetAsync("/suppressions?limit=3");
        await room.AskAsync(HttpMethod.Post, "/suppressions/lift", new JsonObject { ["email"] = "reader0@example.org" });
        await room.AskAsync(HttpMethod.Post, "/suppressions", new JsonObject { ["email"] = "a@example.org" });
        var rest = await room.GetAsync($"/suppressions?limit=50&cursor={page["next"]}");
        Assert.Equal(["reader3@example.org", "reader4@example.org", "reader5@example.org", "a@example.org"], rest["items"]!.AsArray().Select(item => Text(item!, "email")));
    }

    [Theory]
    [InlineData("POST", "/subscribers", "{", 400, "faulty-request", "")]
    [InlineData("POST", "/subscribers", "[]", 400, "faulty-request", "")]
    [InlineData("POST", "/subscribers", "null", 400, "faulty-request", "")]
    [InlineData("POST", "/subscribers", "{}", 400, "faulty-request", "")]
    [InlineData("POST", "/subscribers", """{"email": "a@example.org", "hours": 3}""", 400, "faulty-request", "/hours")]
    [InlineData("POST", "/subscribers", """{"email": "a@example.org", "hour": "3"}""", 400, "faulty-request", "/hour")]
    [InlineData("POST", "/subscribers", """{"email": "a@example.org", "letter": "love"}""", 400, "faulty-request", "/letter")]
    [InlineData("POST", "/subscribers", """{"email": "a@example.org", "hour": 24}""", 422, "refused", null)]
    [InlineData("POST", "/subscribers", """{"email": "nobody"}""", 422, "refused", null)]
    [InlineData("PATCH", "/subscribers/1", """{"timeZone": "Middle/Earth"}""", 422, "refused", null)]
    [InlineData("PATCH", "/subscribers/99", """{"hour": 3}""", 404, "not-found", null)]
    [InlineData("PUT", "/profiles/1", """{"interests": [1]}""", 400, "faulty-request", "/interests/0")]
    [InlineData("GET", "/subscribers?limit=0", null, 400, "faulty-request", "limit")]
    [InlineData("GET", "/subscribers?state=asleep", null, 400, "faulty-request", "state")]
    [InlineData("GET", "/subscribers?email=a@example.org", null, 400, "faulty-request", "email")]
    [InlineData("GET", "/subscribers/zero", null, 400, "faulty-request", "id")]
    [InlineData("GET", "/papers?from=soon", null, 400, "faulty-request", "from")]
    [InlineData("GET", "/papers?from=2026-01-02&to=2026-01-01", null, 400, "faulty-request", "to")]
    [InlineData("GET", "/papers/none", null, 404, "not-found", null)]
    [InlineData("GET", "/nothing", null, 404, "not-found", null)]
    [InlineData("GET", "", null, 404, "not-found", null)]
    [InlineData("DELETE", "/papers", null, 405, "wrong-method", null)]
    [InlineData("POST", "/deliveries/1/retry", null, 404, "not-found", null)]
    [InlineData("POST", "/suppressions", """{"email": "<script>"}""", 422, "refused", null)]
    [InlineData("POST", "/suppressions/lift", """{"email": "a@example.org"}""", 404, "not-found", null)]
    public async Task What_is_wrong_is_named_and_changes_nothing(string method, string path, string? body, int status, string kind, string? fault)
    {
        await using var room = await ApiRoom.OpenAsync();
        await room.AddAsync("reader@example.org", "graph networks");
        var before = await room.GetAsync("/subscribers");
        var (code, problem, _) = await room.AskAsync(new HttpMethod(method), path, raw: body, name: "n");
        Assert.Equal((status, "urn:digest:problem:" + kind), ((int)code, Text(problem!, "type")));
        if (fault is not null)
            Assert.Equal(fault, Text(problem!["errors"]![0]!, "name"));
        Assert.True(JsonNode.DeepEquals(before, await room.GetAsync("/subscribers")));
        Assert.Equal((0, 0), (await CountAsync(room, "api_answer"), await CountAsync(room, "suppression")));
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_or_too_large_is_refused()
    {
        await using var room = await ApiRoom.OpenAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await room.AskAsync(HttpMethod.Post, "/subscribers", raw: "email=a@example.org", type: "application/x-www-form-urlencoded")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await room.AskAsync(HttpMethod.Post, "/subscribers", raw: "{\"email\": \"" + new string('a', 300_000) + "\"}")).Status);
    }

    [Fact]
    public async Task Papers_issues_and_deliveries_are_shown_and_a_mail_is_given_up_and_queued_again()
    {
        var clock = new FakeTimeProvider(SiteRoom.Now);
        await using var room = await ApiRoom.OpenAsync(clock);
        await room.Service.Get<PaperStore>().AddAsync("test", new Fetched([SiteRoom.Paper("2601.00001", "Graph networks for all", votes: 3), SiteRoom.Paper("2601.00002", "Diffusion models"), SiteRoom.Paper("10.1101/2026.01.01", "Cells")], [], null), clock.GetUtcNow(), CancellationToken.None);
        var reader = await room.AddAsync("reader@example.org", "graph networks");
        var papers = await room.GetAsync("/papers?limit=2");
        Assert.Equal(["2601.00001", "2601.00002"], papers["items"]!.AsArray().Select(paper => Text(paper!, "id")));
        Assert.Single((await room.GetAsync($"/papers?limit=2&cursor={papers["next"]}"))["items"]!.AsArray());
        var one = Text(papers["items"]![0]!, "id");
        Assert.Equal("Graph networks for all", Text(await room.GetAsync($"/papers/{one}"), "title"));
        Assert.Equal("Cells", Text(await room.GetAsync("/papers/10.1101/2026.01.01"), "title"));
        Assert.Equal("Cells", Text(await room.GetAsync("/papers/10.1101%2F2026.01.01"), "title"));
        Assert.Equal("2601.00001", Text((await room.GetAsync("/papers/search?q=graph%20networks"))["items"]![0]!["paper"]!, "id"));

        var number = (long)reader["id"]!;
        var preview = await room.GetAsync($"/subscribers/{number}/preview");
        Assert.Contains("Graph networks for all", Text(preview, "text"), StringComparison.Ordinal);
        var (_, wish, _) = await room.AskAsync(HttpMethod.Post, "/profiles/preview", JsonNode.Parse("""{"interests": ["graph networks", "zebra"], "days": 3}"""), key: room.Reader);
        Assert.Equal((1.0, 0), ((double)wish!["perDay"]!, (int)wish["lines"]![1]!["papers"]!));

        clock.Advance(TimeSpan.FromDays(1));
        await room.Service.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        var issue = (await room.GetAsync($"/issues?subscriber={number}"))["items"]!.AsArray().Single()!;
        var whole = await room.GetAsync($"/issues/{issue["id"]}");
        Assert.Equal(("graph networks", 1), (Text(whole["papers"]![0]!, "interest"), (int)whole["receipt"]!["sent"]!));
        Assert.Contains("An issue with 1 paper waits to be sent", Text((await room.GetAsync($"/subscribers/{number}/story?days=3"))["days"]![0]!, "verdict"), StringComparison.Ordinal);
        var mail = (await room.GetAsync("/deliveries?state=queued"))["items"]!.AsArray().Single()!;
        Assert.Equal(("issue", "reader@example.org"), (Text(mail, "kind"), Text(mail, "recipient")));
        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Post, $"/deliveries/{mail["id"]}/drop")).Status);
        Assert.Equal("suppressed", Text(await room.GetAsync($"/deliveries/{mail["id"]}"), "state"));
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, $"/deliveries/{mail["id"]}/retry")).Status);
    }

    [Fact]
    public async Task An_address_is_suppressed_checked_and_lifted_where_that_is_the_operator_s_to_do()
    {
        await using var room = await ApiRoom.OpenAsync();
        var reader = await room.AddAsync("reader@example.org");
        foreach (var email in new[] { "Reader@Example.org", "other@example.org" })
            Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Post, "/suppressions", new JsonObject { ["email"] = email, ["detail"] = "asked by telephone" }, name: email)).Status);
        Assert.Equal("unsubscribed", Text(await room.GetAsync($"/subscribers/{reader["id"]}"), "state"));
        Assert.Equal(["other@example.org", "reader@example.org"], (await room.GetAsync("/suppressions"))["items"]!.AsArray().Select(item => Text(item!, "email")).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/subscribers", new JsonObject { ["email"] = "other@example.org" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Post, "/suppressions/lift", new JsonObject { ["email"] = "other@example.org" })).Status);
        Assert.False((bool)(await room.AskAsync(HttpMethod.Post, "/suppressions/check", new JsonObject { ["email"] = "other@example.org" }, key: room.Reader)).Body!["suppressed"]!);
        await room.AskAsync(HttpMethod.Delete, $"/subscribers/{(await room.AddAsync("gone@example.org"))["id"]}");
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/suppressions/lift", new JsonObject { ["email"] = "gone@example.org" })).Status);
        Assert.Contains((await room.GetAsync("/suppressions"))["items"]!.AsArray(), item => item!["email"] is null && Text(item, "reason") == "erased");
    }

    internal static Task<long> CountAsync(ApiRoom room, string table) => room.Service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>($"select count(*) from {table}"), CancellationToken.None);

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
