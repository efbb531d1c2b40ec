using System.Net;
using System.Text.RegularExpressions;
using Digest.Worker.Issues;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Tests.Web;

public sealed partial class SubscribeTests
{
    [Fact]
    public async Task A_search_becomes_a_subscription_and_the_next_issue_carries_what_the_page_showed()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks for molecules"), SiteRoom.Paper("2601.00002", "Cell migration"), SiteRoom.Paper("2601.00003", "Deep graph networks", votes: 3));
        var (_, links) = StrictPage.Read(await room.PageAsync(SearchDoor.Url("graph networks")));
        Assert.Contains("/subscribe?q=graph%20networks", links);
        var form = await FormAsync(room, "/subscribe?q=graph%20networks");
        Assert.Equal("graph networks", form["interests"]);
        Assert.Contains("open your mail", await SendAsync(room, Filled(form, "ada@example.org")), StringComparison.OrdinalIgnoreCase);

        var reader = await ReaderAsync(room, "ada@example.org");
        Assert.Equal((SubscriberState.Pending, "graph networks", "Europe/Berlin", "weekdays"), (reader.State, reader.Profile, reader.Timezone, reader.Cadence.ToString()));
        Assert.Equal(["confirmation"], await Readers.QueryAsync(room.Installation, "select kind from outbox"));
        var door = "/c/" + room.Installation.Get<ReaderToken>().Write(TokenPurpose.Confirm, reader.Id, 0);
        await room.PageAsync(door);
        Assert.Equal(SubscriberState.Pending, (await Readers.FindAsync(room.Installation, reader.Id)).State);
        using (await room.PostAsync(door))
        {
        }
        reader = await Readers.FindAsync(room.Installation, reader.Id);
        Assert.Equal((SubscriberState.Active, "page"), (reader.State, reader.ConsentSource));

        var shown = (await room.Installation.Get<PaperSearch>().FindAsync("graph networks", 0, PaperSearch.Most, CancellationToken.None)).Matches.Select(match => match.Paper.Id);
        room.Clock.SetUtcNow(reader.NextDueAt!.Value);
        await room.Installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        var issue = (await room.Installation.Get<IssueStore>().NewestAsync(reader.Id, CancellationToken.None))!;
        Assert.Equal(shown, issue.Choices.Select(choice => choice.Paper.Id));
    }

    [Fact]
    public async Task The_answer_is_the_same_whatever_is_known_of_the_address()
    {
        await using var room = await SiteRoom.OpenAsync();
        await Readers.AddAsync(room.Installation, "active@example.org", "old interest");
        var left = await Readers.AddAsync(room.Installation, "left@example.org");
        await room.Installation.Get<Subscriptions>().UnsubscribeAsync(left.Id, confirm: false, CancellationToken.None);
        var bounced = await Readers.AddAsync(room.Installation, "bounced@example.org");
        await room.Installation.Get<Subscriptions>().SuppressAsync(bounced.Id, "complaint", null, CancellationToken.None);
        var answers = new List<string>();
        foreach (var address in new[] { "new@example.org", "active@example.org", "left@example.org", "bounced@example.org", "new@example.org" })
            answers.Add(await SendAsync(room, Filled(await FormAsync(room), address)));
        Assert.Single(answers.Distinct());
        await ReaderAsync(room, "new@example.org");
        await room.Installation.Get<SignUpQueue>().StopAsync(CancellationToken.None);
        Assert.Equal(["left@example.org", "new@example.org"], await Readers.QueryAsync(room.Installation, "select recipient from outbox where kind = 'confirmation' order by recipient"));
        Assert.Equal(["old interest"], await Readers.QueryAsync(room.Installation, "select profile from subscriber where email = 'active@example.org'"));
    }

    [Fact]
    public async Task An_address_is_asked_once_a_day_however_often_somebody_asks()
    {
        await using var room = await SiteRoom.OpenAsync();
        var signUps = room.Installation.Get<SignUps>();
        for (var i = 0; i < 20; i++)
            await signUps.AskAsync(new SubscriberDraft { Email = "ada@example.org", Interests = $"interest {i}" }, CancellationToken.None);
        Assert.Equal(1, await Readers.CountAsync(room.Installation, "outbox"));
        room.Clock.Advance(TimeSpan.FromHours(25));
        await signUps.AskAsync(new SubscriberDraft { Email = "Ada@Example.org", Interests = "later" }, CancellationToken.None);
        Assert.Equal(2, await Readers.CountAsync(room.Installation, "outbox"));
        Assert.Equal(["later"], await Readers.QueryAsync(room.Installation, "select profile from subscriber"));
    }

    [Theory]
    [InlineData("no cookie", HttpStatusCode.UnprocessableEntity)]
    [InlineData("another site", HttpStatusCode.UnprocessableEntity)]
    [InlineData("another origin", HttpStatusCode.UnprocessableEntity)]
    [InlineData("altered proof", HttpStatusCode.UnprocessableEntity)]
    [InlineData("no proof", HttpStatusCode.UnprocessableEntity)]
    [InlineData("old form", HttpStatusCode.UnprocessableEntity)]
    [InlineData("bad address", HttpStatusCode.UnprocessableEntity)]
    [InlineData("bad zone", HttpStatusCode.UnprocessableEntity)]
    [InlineData("filled trap", HttpStatusCode.OK)]
    [InlineData("at once", HttpStatusCode.OK)]
    public async Task What_is_not_a_reader_with_our_form_does_nothing(string attack, HttpStatusCode expected)
    {
        await using var room = await SiteRoom.OpenAsync();
        var form = Filled(await FormAsync(room), "ada@example.org");
        using var stranger = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = room.Browser.BaseAddress };
        switch (attack)
        {
            case "altered proof": form["proof"] = (form["proof"][0] == 'a' ? 'b' : 'a') + form["proof"][1..]; break;
            case "no proof": form.Remove("proof"); break;
            case "bad address": form["address"] = "ada@example.org\r\nBcc: all@example.org"; break;
            case "bad zone": form["zone"] = "../../etc/passwd"; break;
            case "filled trap": form["website"] = "https://spam.example"; break;
        }
        room.Clock.Advance(attack switch { "at once" => TimeSpan.Zero, "old form" => TimeSpan.FromHours(13), _ => TimeSpan.FromSeconds(5) });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/subscribe") { Content = new FormUrlEncodedContent(form) };
        if (attack == "another site")
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
        if (attack == "another origin")
            request.Headers.Add("Origin", "https://evil.example");
        using var answer = await (attack == "no cookie" ? stranger : room.Browser).SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        StrictPage.Read(await answer.Content.ReadAsStringAsync());
        await room.Installation.Get<SignUpQueue>().StopAsync(CancellationToken.None);
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "subscriber"));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "outbox"));
    }

    [Fact]
    public async Task A_refused_form_comes_back_as_it_was_filled_in_and_does_nothing()
    {
        await using var room = await SiteRoom.OpenAsync();
        var form = Filled(await FormAsync(room), "\"><script>alert(1)</script>");
        form["interests"] = "</textarea><script>alert(1)</script>\n" + string.Join(' ', Enumerable.Repeat("a long interest", 30)) + "\nthird";
        form["lang"] = "de";
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        using var answer = await room.Browser.PostAsync("/subscribe", new FormUrlEncodedContent(form));
        var page = await answer.Content.ReadAsStringAsync();
        StrictPage.Read(page);
        Assert.Equal(form["interests"], Fields(page)["interests"]);
        Assert.Contains("<html lang=\"de\"", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.False(answer.Content.Headers.ContentEncoding.Count > 0);
    }

    [Fact]
    public async Task Where_sign_up_is_off_nothing_offers_it()
    {
        await using var room = await SiteRoom.OpenAsync(("Web:SignUp", "false"));
        await room.PageAsync("/subscribe", HttpStatusCode.NotFound);
        Assert.DoesNotContain("/subscribe", await room.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("/subscribe", await room.PageAsync(SearchDoor.Url("graphs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_too_many_sign_up_the_door_says_so_and_writes_to_nobody_until_the_hour_is_over()
    {
        await using var room = await SiteRoom.OpenAsync();
        var limits = room.Installation.Get<SignUpLimits>();
        while (limits.Allows(IPAddress.Loopback))
        {
        }
        var form = Filled(await FormAsync(room), "victim@example.org");
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        using (var busy = await room.Browser.PostAsync("/subscribe", new FormUrlEncodedContent(form)))
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)), (busy.StatusCode, busy.Headers.RetryAfter!.Delta));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "subscriber"));
        room.Clock.Advance(TimeSpan.FromHours(1));
        await SendAsync(room, form);
        await ReaderAsync(room, "victim@example.org");
    }

    /// <summary>So the answer cannot take longer for one address than for another: nothing is looked up before it.</summary>
    [Fact]
    public async Task The_answer_does_not_wait_for_what_follows_from_it()
    {
        await using var room = await SiteRoom.OpenAsync();
        await Readers.AddAsync(room.Installation, "known@example.org");
        var (known, unknown) = (Filled(await FormAsync(room), "known@example.org"), Filled(await FormAsync(room), "unknown@example.org"));
        var (held, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = Task.Run(() => room.Installation.Database.WriteAsync(async _ =>
        {
            held.SetResult();
            await done.Task;
        }, CancellationToken.None));
        await held.Task;
        await SendAsync(room, known);
        await SendAsync(room, unknown);
        done.SetResult();
        await writing;
        await ReaderAsync(room, "unknown@example.org");
    }

    [Fact]
    public void Networks_and_all_together_have_their_limits_by_the_hour()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SiteRoom.Now);
        var limits = new SignUpLimits(clock);
        int Allowed(string address, int times) => Enumerable.Range(0, times).Count(_ => limits.Allows(IPAddress.Parse(address)));
        Assert.Equal(SignUpLimits.PerNetwork, Allowed("203.0.113.7", 30));
        Assert.Equal(0, Allowed("::ffff:203.0.113.7", 5));
        Assert.Equal(SignUpLimits.PerNetwork, Allowed("2001:db8::1", 7) + Allowed("2001:db8::2", 7));
        Assert.Equal(SignUpLimits.InAll - (2 * SignUpLimits.PerNetwork), Allowed("10.0.0.1", 1000));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SignUpLimits.PerNetwork, Allowed("203.0.113.7", 30));
    }

    private static async Task<Dictionary<string, string>> FormAsync(SiteRoom room, string path = "/subscribe")
    {
        var page = await room.PageAsync(path);
        StrictPage.Read(page);
        return Fields(page);
    }

    private static Dictionary<string, string> Fields(string page)
    {
        var fields = Input().Matches(page[page.IndexOf("method=\"post\"", StringComparison.Ordinal)..]).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields["interests"] = WebUtility.HtmlDecode(Area().Match(page).Groups[1].Value);
        return fields;
    }

    private static Dictionary<string, string> Filled(Dictionary<string, string> form, string address) => new(form)
    {
        ["address"] = address,
        ["zone"] = "Europe/Berlin",
        ["cadence"] = "weekdays",
        ["hour"] = "07",
        ["cap"] = "8",
    };

    private static async Task<string> SendAsync(SiteRoom room, Dictionary<string, string> form)
    {
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        // As browsers send a form of a page whose policy is "no-referrer".
        using var request = new HttpRequestMessage(HttpMethod.Post, "/subscribe") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await room.Browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return StrictPage.Read(await answer.Content.ReadAsStringAsync()).Text;
    }

    /// <summary>What was asked for is done behind the answer.</summary>
    private static async Task<Subscriber> ReaderAsync(SiteRoom room, string address)
    {
        for (var i = 0; i < 1_200; i++)
        {
            if (await room.Installation.Get<SubscriberStore>().FindByAddressAsync(address, CancellationToken.None) is { } reader)
                return reader;
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"{address} was not taken in");
    }

    [GeneratedRegex("""<input[^>]* name="([a-z]+)"[^>]* value="([^"]*)"[^>]*>""")]
    private static partial Regex Input();

    [GeneratedRegex("""<textarea[^>]*>\n([^<]*)</textarea>""")]
    private static partial Regex Area();
}
