using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Digest.Worker.Matching;
using Digest.Worker.Subscribers;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Tests.Web;

/// <summary>What the API must not do although it could.</summary>
public sealed class ApiRefusalsTests
{
    [Fact]
    public async Task A_mail_that_was_sent_is_not_sent_again_by_a_retry_and_an_expired_one_gets_time()
    {
        await using var room = await ApiRoom.OpenAsync();
        await room.AskAsync(HttpMethod.Post, "/subscribers", new JsonObject { ["email"] = "reader@example.org", ["letter"] = "welcome" });
        var mail = (await room.GetAsync("/deliveries"))["items"]!.AsArray().Single()!["id"]!;
        await StateAsync(room, "sent");
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, $"/deliveries/{mail}/retry")).Status);
        await StateAsync(room, "expired");
        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Post, $"/deliveries/{mail}/retry")).Status);
        Assert.Equal(1, await room.Service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where state = 'queued' and expires_at > '2026'"), CancellationToken.None));
    }

    [Fact]
    public async Task A_preview_holds_nothing_with_which_one_could_act_for_the_reader()
    {
        await using var room = await ApiRoom.OpenAsync(settings: ("Web:PublicUrl", "https://digest.example.org"));
        var reader = await room.AddAsync("reader@example.org");
        var preview = (await room.GetAsync($"/subscribers/{reader["id"]}/preview")).ToJsonString();
        Assert.Contains("https://digest.example.org/my/preview", preview, StringComparison.Ordinal);
        Assert.DoesNotMatch("/(my|u)/(?!preview)[a-z0-9]", preview);
        Assert.DoesNotContain("+r-", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_suppressed_is_not_resumed_and_what_a_reader_wanted_is_not_lifted()
    {
        await using var room = await ApiRoom.OpenAsync();
        var reader = await room.AddAsync("reader@example.org");
        var address = new JsonObject { ["email"] = "reader@example.org" };
        await room.AskAsync(HttpMethod.Post, "/suppressions", address.DeepClone());
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, $"/subscribers/{reader["id"]}/resume")).Status);
        await room.Service.Database.WriteAsync(transaction => room.Service.Get<SuppressionStore>().AddAsync(transaction, "reader@example.org", "complaint", null, TimeProvider.System.GetUtcNow()), CancellationToken.None);
        Assert.Equal(HttpStatusCode.Conflict, (await room.AskAsync(HttpMethod.Post, "/suppressions/lift", address.DeepClone())).Status);
        Assert.Equal("complaint", (await room.AskAsync(HttpMethod.Post, "/suppressions/check", address.DeepClone())).Body!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_bounced_address_can_be_lifted_after_its_reader_was_removed()
    {
        await using var room = await ApiRoom.OpenAsync();
        await room.Service.Database.WriteAsync(transaction => room.Service.Get<SuppressionStore>().ForgetAsync(transaction, "gone@example.org", "bounced", TimeProvider.System.GetUtcNow()), CancellationToken.None);
        var address = new JsonObject { ["email"] = "gone@example.org" };
        Assert.Equal(HttpStatusCode.NoContent, (await room.AskAsync(HttpMethod.Post, "/suppressions/lift", address.DeepClone())).Status);
        Assert.False((bool)(await room.AskAsync(HttpMethod.Post, "/suppressions/check", address.DeepClone())).Body!["suppressed"]!);
    }

    [Theory]
    [InlineData("PUT", "/profiles/{0}", """{"interests": [null]}""")]
    [InlineData("POST", "/profiles/preview", """{"interests": ["a", null]}""")]
    [InlineData("PATCH", "/subscribers/{0}", """{"hour": 7, "hour": 8}""")]
    [InlineData("PATCH", "/subscribers/{0}", """{"HOUR": 7}""")]
    [InlineData("POST", "/subscribers/{0}/pause", """{"until": "2026-12-24"}""")]
    [InlineData("POST", "/subscribers/{0}/pause", """{"until": "2026-12-24T08:00:00"}""")]
    public async Task What_could_be_meant_in_two_ways_is_refused_and_changes_nothing(string method, string path, string body)
    {
        await using var room = await ApiRoom.OpenAsync();
        var reader = await room.AddAsync("reader@example.org", "graph networks");
        var before = await room.GetAsync($"/subscribers/{reader["id"]}");
        Assert.Equal(HttpStatusCode.BadRequest, (await room.AskAsync(new HttpMethod(method), path.Replace("{0}", reader["id"]!.ToString(), StringComparison.Ordinal), raw: body)).Status);
        Assert.True(JsonNode.DeepEquals(before, await room.GetAsync($"/subscribers/{reader["id"]}")));
    }

    [Fact]
    public async Task What_readers_ask_for_does_not_close_the_operator_s_door_and_who_must_wait_is_told_how_long()
    {
        await using var room = await ApiRoom.OpenAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SiteRoom.Now), ("Web:RequestsPerMinute", "10"));
        for (var i = 0; i < 12; i++)
            (await room.Service.Doors.GetAsync("/my/aaaa")).Dispose();
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await room.AskAsync(HttpMethod.Get, "/subscribers", key: "wrong")).Status);
        var (status, _, answer) = await room.AskAsync(HttpMethod.Get, "/subscribers", key: "wrong");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (status, answer.Headers.RetryAfter!.Delta));
        Assert.Equal(HttpStatusCode.OK, (await room.AskAsync(HttpMethod.Get, "/subscribers")).Status);
    }

    [Fact]
    public async Task A_preview_that_could_not_be_counted_says_so_and_not_nothing()
    {
        await using var room = await ApiRoom.OpenAsync();
        var question = new JsonObject { ["interests"] = new JsonArray("graph networks") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => room.AskAsync(HttpMethod.Post, "/profiles/preview", question.DeepClone())));
        var looks = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => room.Service.Get<ProfilePreview>().LookBackAsync(Profile.Parse("graph networks"), 7)));
        Assert.Contains(looks, look => look.Busy);
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.OK || (answer.Status == HttpStatusCode.TooManyRequests && answer.Answer.Headers.RetryAfter is not null)));
    }

    private static Task<int> StateAsync(ApiRoom room, string state) => room.Service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
        "update outbox set state = @state, settled_at = '2025-01-01T00:00:00.000Z', expires_at = '2025-01-01T00:00:00.000Z'", new { state }, transaction), CancellationToken.None);
}
