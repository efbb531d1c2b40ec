using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>Every kind of token at every door: only the one that a door is for acts there, and only where a form is sent.</summary>
public sealed partial class SwappedTokensTests
{
    private const long Active = 1;
    private const long Pending = 2;

    private static readonly string[] Acts = ["save", "pause", "resume", "leave", "undo", "thumb", "forget", "address", "erase"];
    private static readonly string[] Doors = ["/u/{0}", "/c/{0}", "/a/{0}", "/my/{0}", "/my/{0}/issues", "/my/{0}/issues/1", "/my/{0}/export", "/feed/{0}", .. Acts.Select(act => "/my/{0}/" + act)];
    private static readonly HttpMethod[] Looking = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options];

    [Fact]
    public async Task A_token_does_nothing_at_a_door_that_it_is_not_for_and_none_does_anything_by_being_looked_at()
    {
        await using var service = await RunningService.StartAsync(settings: ("Web:PublicUrl", RunningService.Here));
        var subscriptions = service.Get<Subscriptions>();
        await subscriptions.AddAsync(new SubscriberDraft { Email = "ada@example.org", Interests = "graph networks" }, "test", null, CancellationToken.None);
        await subscriptions.AddAsync(new SubscriberDraft { Email = "eve@example.org" }, "page", Digest.Worker.Outbox.MailKind.Confirmation, CancellationToken.None);
        var ada = (await service.Get<SubscriberStore>().FindAsync(Active, CancellationToken.None))!;
        await service.Get<AddressChanges>().AskAsync(ada, "new@example.org", token => [token]);
        var (cookie, proof) = await FormAsync(service, ada);
        var before = await StandsAsync(service);
        await Parallel.ForEachAsync(Tokens(service).SelectMany(token => Doors.Select(door => (token.Purpose, token.Text, Door: door))), async (asked, stopping) =>
        {
            var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, asked.Door, asked.Text);
            foreach (var method in (HttpMethod[])(IsFor(asked.Purpose, asked.Door) ? Looking : [.. Looking, HttpMethod.Post]))
            {
                using var request = new HttpRequestMessage(method, address);
                request.Headers.Add("Cookie", cookie);
                if (method == HttpMethod.Post)
                    request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["proof"] = proof, ["sure"] = "yes", ["address"] = "mallory@example.org", ["interests"] = "mallory", ["way"] = "more", ["paper"] = "1", ["issue"] = "1", ["term"] = "graph" });
                using var answer = await service.Doors.SendAsync(request, stopping);
                Assert.True((int)answer.StatusCode < 500, $"{method} {address}: {(int)answer.StatusCode}");
                if (asked.Door.StartsWith("/my/", StringComparison.Ordinal) && !IsFor(asked.Purpose, asked.Door) && method != HttpMethod.Options)
                    Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{method} {asked.Door} with {asked.Purpose}: {(int)answer.StatusCode}");
            }
        });
        Assert.Equal(before, await StandsAsync(service));

        // At its own door each acts.
        foreach (var door in (string[])["/c/{0}", "/a/{0}", "/u/{0}"])
        {
            var (purpose, text) = Tokens(service).First(token => IsFor(token.Purpose, door) && (door[1] != 'c' || token.Reader == Pending)) is var token ? (token.Purpose, token.Text) : default;
            using var answer = await service.Doors.PostAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, door, text), null);
            var after = await StandsAsync(service);
            Assert.True(before != after, $"{purpose} did nothing at {door}");
            before = after;
        }
    }

    private static IEnumerable<(TokenPurpose Purpose, long Reader, string Text)> Tokens(RunningService service)
    {
        foreach (var purpose in Enum.GetValues<TokenPurpose>())
            foreach (var (reader, address) in ((long, string)[])[(Active, "ada@example.org"), (Pending, "eve@example.org")])
            {
                if (purpose is not TokenPurpose.Own and not TokenPurpose.Feed)
                    yield return (purpose, reader, service.Get<ReaderToken>().Write(purpose, reader, 1));
                yield return (purpose, reader, service.Get<OwnLinks>().Write(purpose, reader, address));
            }
    }

    private static bool IsFor(TokenPurpose purpose, string door) => purpose switch
    {
        TokenPurpose.Unsubscribe => door.StartsWith("/u/", StringComparison.Ordinal),
        TokenPurpose.Confirm => door.StartsWith("/c/", StringComparison.Ordinal),
        TokenPurpose.NewAddress => door.StartsWith("/a/", StringComparison.Ordinal),
        TokenPurpose.Own => door.StartsWith("/my/", StringComparison.Ordinal),
        TokenPurpose.Feed => door.StartsWith("/feed/", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The cookie and the proof of a form on a reader's own page, so that nothing but the token is wrong.</summary>
    private static async Task<(string Cookie, string Proof)> FormAsync(RunningService service, Subscriber reader)
    {
        using var page = await service.Doors.GetAsync("/my/" + service.Get<OwnLinks>().Write(TokenPurpose.Own, reader.Id, reader.Email));
        return (page.Headers.GetValues("Set-Cookie").Single().Split(';')[0], Proof().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
    }

    private static Task<string> StandsAsync(RunningService service) => service.Database.ReadAsync(async connection =>
        string.Join('\n', (await Task.WhenAll(((string[])["subscriber", "outbox", "suppression", "thumb", "learned", "address_change", "subscription_change"])
            .Select(async table => (await connection.QueryAsync($"select * from {table}")).Select(row => $"{table}: {string.Join('|', (IDictionary<string, object>)row)}")))).SelectMany(rows => rows)), CancellationToken.None);

    [GeneratedRegex("""name="proof" value="([a-z0-9]+)""")]
    private static partial Regex Proof();
}
