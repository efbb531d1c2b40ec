using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

public sealed partial class OwnTests
{
    [Fact]
    public async Task Every_wish_is_done_and_can_be_taken_back()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        await DoneAsync(room, page, "save", new() { ["interests"] = "diffusion models\n-survey", ["cadence"] = "weekly:friday", ["hour"] = "09", ["zone"] = "Asia/Tokyo", ["cap"] = "3", ["mails"] = "ja", ["nothing"] = "yes" });
        var now = await Readers.FindAsync(room.Installation, reader.Id);
        Assert.Equal(("diffusion models\n-survey", "weekly:friday", 9, "Asia/Tokyo", 3, "ja", true), (now.Profile, now.Cadence.ToString(), now.Hour, now.Timezone, now.Cap, now.Language, now.NothingToday));
        Assert.Contains("<html lang=\"ja\"", await room.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\"", await room.PageAsync(page + "?lang=de"), StringComparison.Ordinal);
        await DoneAsync(room, page, "undo");
        Assert.Equal(reader, await Readers.FindAsync(room.Installation, reader.Id));

        await DoneAsync(room, page, "pause", new() { ["until"] = "2026-03-01" });
        now = await Readers.FindAsync(room.Installation, reader.Id);
        Assert.Equal((SubscriberState.Paused, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), (now.State, now.PausedUntil));
        await DoneAsync(room, page, "resume");
        Assert.Equal(SubscriberState.Active, (await Readers.FindAsync(room.Installation, reader.Id)).State);
        await DoneAsync(room, page, "pause");
        Assert.Equal((SubscriberState.Paused, (DateTimeOffset?)null), ((await Readers.FindAsync(room.Installation, reader.Id)).State, (await Readers.FindAsync(room.Installation, reader.Id)).PausedUntil));
        await DoneAsync(room, page, "undo");
        await DoneAsync(room, page, "leave");
        Assert.Equal(SubscriberState.Unsubscribed, (await Readers.FindAsync(room.Installation, reader.Id)).State);
        Assert.Equal(["unsubscribed"], await Readers.QueryAsync(room.Installation, "select kind from outbox"));
        await DoneAsync(room, page, "undo");
        Assert.Equal(SubscriberState.Active, (await Readers.FindAsync(room.Installation, reader.Id)).State);
    }

    [Fact]
    public async Task A_thumb_teaches_words_that_move_the_next_issue_and_that_the_reader_can_delete()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "networks");
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Speculative decoding", text: "On networks."), SiteRoom.Paper("2601.00002", "Survey of gardens", text: "On networks <script>."));
        await ComposeAsync(room);
        var issue = $"{page}/issues/{(await Readers.QueryAsync(room.Installation, "select max(id) from issue")).Single()}";
        var paper = (await Readers.QueryAsync(room.Installation, "select id from paper where title = 'Speculative decoding'")).Single();
        Assert.Contains("More like this", StrictPage.Read(await room.PageAsync(issue)).Text, StringComparison.Ordinal);
        // Looking does nothing.
        await room.PageAsync($"{page}/thumb", HttpStatusCode.NotFound);
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "thumb"));

        Task<HttpResponseMessage> GiveAsync(string way) => ActAsync(room, page, "thumb", new() { ["paper"] = paper, ["issue"] = issue.Split('/')[^1], ["way"] = way });
        using var given = await GiveAsync("more");
        Assert.Equal((HttpStatusCode.SeeOther, issue + "?done=saved"), (given.StatusCode, given.Headers.Location!.ToString()));
        Assert.Contains("value=\"more\" aria-pressed=\"true\"", await room.PageAsync(issue), StringComparison.Ordinal);
        Assert.Equal(["speculative decoding|1"], await Readers.QueryAsync(room.Installation, "select term || '|' || weight from learned"));
        Assert.Contains("+ speculative decoding", StrictPage.Read(await room.PageAsync(page)).Text, StringComparison.Ordinal);
        Assert.Contains("speculative decoding", await room.PageAsync($"{page}/export"), StringComparison.Ordinal);

        // The other thumb replaces it, and the same again takes it back.
        await GiveAsync("less");
        Assert.Equal(["speculative decoding|-1"], await Readers.QueryAsync(room.Installation, "select term || '|' || weight from learned"));
        await GiveAsync("less");
        Assert.Equal((0, 0), (await Readers.CountAsync(room.Installation, "learned"), await Readers.CountAsync(room.Installation, "thumb")));

        await GiveAsync("more");
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.ArriveAsync(SiteRoom.Paper("2601.00011", "Gardens", "2026-01-28", text: "On networks, with patient gardening, and nothing else at all, in a longer text that says the same."), SiteRoom.Paper("2601.00012", "Telephones", "2026-01-28", text: "On networks, with speculative decoding, and nothing else at all, in a longer text that says the same."));
        await ComposeAsync(room);
        Assert.Equal(["Telephones", "Gardens"], await Readers.QueryAsync(room.Installation, "select title from json_each((select paper_ids from issue order by id desc limit 1)) c join paper p on p.id = c.value order by c.key"));
        Assert.Contains("\"learned\":", (await Readers.QueryAsync(room.Installation, "select choices ->> 0 from issue order by id desc limit 1")).Single(), StringComparison.Ordinal);
        await DoneAsync(room, page, "forget", new() { ["term"] = "speculative decoding" });
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "learned"));

        // Nobody teaches with papers that were not theirs, and an erased reader leaves nothing.
        using var foreign = await ActAsync(room, page, "thumb", new() { ["paper"] = "999", ["issue"] = "1", ["way"] = "more" });
        using var neither = await ActAsync(room, page, "thumb", new() { ["paper"] = paper, ["issue"] = "1", ["way"] = "<script>" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (foreign.StatusCode, neither.StatusCode));
        (await ActAsync(room, page, "erase", new() { ["sure"] = "yes" })).Dispose();
        Assert.Equal((0, 0), (await Readers.CountAsync(room.Installation, "learned"), await Readers.CountAsync(room.Installation, "thumb")));
    }

    [Theory]
    [InlineData("de", "Diese Klammer wird nicht geschlossen. Die Zeile wird als einfache Wörter gelesen.", "Die Höchstzahl")]
    [InlineData("zh", "这个括号没有闭合。此行按普通词语匹配。", "上限为“999”：请写 1 到 100 的整数。")]
    public async Task What_is_wrong_is_told_in_the_language_of_the_page(string language, string ofLine, string ofCap)
    {
        await using var room = await SiteRoom.OpenAsync();
        var (_, page) = await ReaderAsync(room, "graph networks");
        using var previewed = await ActAsync(room, page, "save", new() { ["do"] = "preview", ["interests"] = "graph (networks", ["lang"] = language });
        Assert.Contains(ofLine, StrictPage.Read(await previewed.Content.ReadAsStringAsync()).Text, StringComparison.Ordinal);
        using var refused = await ActAsync(room, page, "save", new() { ["cap"] = "999", ["lang"] = language });
        var told = await refused.Content.ReadAsStringAsync();
        Assert.Contains(ofCap, StrictPage.Read(told).Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", told, StringComparison.Ordinal);
        Assert.Contains(ofLine, StrictPage.Read(await room.PageAsync($"/search?q=graph%20(networks&lang={language}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_suppressed_is_told_why_on_their_own_page_and_cannot_resume()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        await room.Installation.Get<Subscriptions>().SuppressAsync(reader.Id, "bounced", null, CancellationToken.None);
        var shown = await room.PageAsync(page);
        Assert.Contains("Mails to this address came back, so no more are sent to it", StrictPage.Read(shown).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/resume\"", shown, StringComparison.Ordinal);
        using var answer = await ActAsync(room, page, "resume", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(SubscriberState.Unsubscribed, (await Readers.FindAsync(room.Installation, reader.Id)).State);
    }

    private static async Task ComposeAsync(SiteRoom room)
    {
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.Installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("save", "cap", "999")]
    [InlineData("save", "zone", "Middle/Earth")]
    [InlineData("save", "mails", "<script>")]
    [InlineData("pause", "until", "soon")]
    [InlineData("pause", "until", "2020-01-01")]
    [InlineData("resume", "x", "")]
    [InlineData("undo", "x", "")]
    [InlineData("erase", "sure", "no")]
    [InlineData("address", "address", "nobody\r\nBcc: all@example.org")]
    public async Task What_cannot_be_done_is_told_and_changes_nothing(string act, string field, string value)
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        using var answer = await ActAsync(room, page, act, new() { [field] = value, ["interests"] = "</textarea><script>alert(1)</script>" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        StrictPage.Read(await answer.Content.ReadAsStringAsync());
        Assert.Equal(reader, await Readers.FindAsync(room.Installation, reader.Id));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "outbox"));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "subscription_change"));
    }

    [Theory]
    [InlineData("no cookie")]
    [InlineData("no proof")]
    [InlineData("altered proof")]
    [InlineData("another site")]
    [InlineData("another origin")]
    [InlineData("old form")]
    public async Task A_form_that_is_not_from_the_page_itself_does_nothing(string attack)
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        var proof = Proof().Match(await room.PageAsync(page)).Groups[1].Value;
        var form = new Dictionary<string, string> { ["sure"] = "yes", ["address"] = "eve@example.org" };
        if (attack != "no proof")
            form["proof"] = attack == "altered proof" ? (proof[0] == 'a' ? 'b' : 'a') + proof[1..] : proof;
        if (attack == "old form")
            room.Clock.Advance(TimeSpan.FromHours(13));
        using var stranger = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = room.Browser.BaseAddress };
        foreach (var act in new[] { "save", "pause", "resume", "leave", "undo", "thumb", "forget", "address", "erase" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{page}/{act}") { Content = new FormUrlEncodedContent(form) };
            if (attack == "another site")
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
            if (attack == "another origin")
                request.Headers.Add("Origin", "https://evil.example");
            using var answer = await (attack == "no cookie" ? stranger : room.Browser).SendAsync(request);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
        Assert.Equal(reader, await Readers.FindAsync(room.Installation, reader.Id));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "outbox"));
    }

    [Fact]
    public async Task Only_the_reader_s_own_link_opens_the_page_and_opening_changes_nothing()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        var tokens = room.Installation.Get<ReaderToken>();
        var links = room.Installation.Get<OwnLinks>();
        var own = page["/my/".Length..];
        var other = links.Write(TokenPurpose.Own, reader.Id + 1, reader.Email);
        var forged = new[]
        {
            "x", own[..^1], own + "a", (own[3] == 'a' ? own[..3] + 'b' : own[..3] + 'a') + own[4..], other, tokens.Write(TokenPurpose.Own, reader.Id, 0), links.Write(TokenPurpose.Own, reader.Id, "old@example.org"),
            links.Write(TokenPurpose.Feed, reader.Id, reader.Email), tokens.Write(TokenPurpose.Unsubscribe, reader.Id, 0), tokens.Write(TokenPurpose.Reply, reader.Id, 0),
        };
        var gone = (await Task.WhenAll(forged.Select(token => room.PageAsync($"/my/{token}", HttpStatusCode.NotFound)))).Distinct();
        Assert.Single(gone);
        foreach (var token in forged)
        {
            using var answer = await ActAsync(room, page, "erase", new() { ["sure"] = "yes" }, $"/my/{token}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        foreach (var path in new[] { page, $"{page}/issues", $"{page}/export", $"{page}?done=saved", $"{page}?done=%3Cscript%3E" })
        {
            using var answer = await room.Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(("no-store", "no-referrer"), (answer.Headers.CacheControl!.ToString(), answer.Headers.GetValues("Referrer-Policy").Single()));
        }
        foreach (var act in new[] { "save", "pause", "leave", "undo", "erase", "address" })
            await room.PageAsync($"{page}/{act}", HttpStatusCode.NotFound);
        Assert.Equal(reader, await Readers.FindAsync(room.Installation, reader.Id));
        var (_, addresses) = StrictPage.Read(await room.PageAsync(page));
        Assert.DoesNotContain(addresses, address => address.Contains('@', StringComparison.Ordinal) || address.Contains("%40", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issues_show_their_papers_and_why_what_waits_and_the_feed()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks for <script>alert(1)</script>"), SiteRoom.Paper("2601.00002", "Graph networks again"), SiteRoom.Paper("2601.00003", "Cell migration"));
        var (reader, page) = await ReaderAsync(room, "graph networks", new SubscriberDraft { Cap = "1" });
        var (stranger, strange) = await ReaderAsync(room, "cell migration", email: "eve@example.org");
        Assert.Contains("No issue has come yet", await room.PageAsync(page), StringComparison.Ordinal);
        room.Clock.SetUtcNow(reader.NextDueAt!.Value);
        await room.Installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        var issue = (await room.Installation.Get<IssueStore>().NewestAsync(reader.Id, CancellationToken.None))!;
        var (text, links) = StrictPage.Read(await room.PageAsync(page));
        Assert.Contains("1 paper waits for the next issue", text, StringComparison.Ordinal);
        var address = $"{page}/issues/{issue.Id}";
        Assert.Contains(address, links);
        Assert.Contains(address, StrictPage.Read(await room.PageAsync($"{page}/issues")).Links);
        (text, _) = StrictPage.Read(await room.PageAsync(address));
        Assert.Contains("Why: your interest graph networks, in the title", text, StringComparison.Ordinal);
        Assert.Contains(issue.Choices[0].Paper.Title, text, StringComparison.Ordinal);
        await room.PageAsync($"{strange}/issues/{issue.Id}", HttpStatusCode.NotFound);
        var feed = await room.PageAsync(links.Single(link => link.StartsWith("/feed/", StringComparison.Ordinal)));
        Assert.Equal(issue.Choices[0].Paper.Title, System.Xml.Linq.XDocument.Parse(feed).Descendants().Single(element => element.Name.LocalName == "entry").Elements().Single(element => element.Name.LocalName == "title").Value);
        await room.PageAsync("/feed/" + page["/my/".Length..], HttpStatusCode.NotFound);
        var person = JsonNode.Parse(await room.PageAsync($"{page}/export"))!;
        Assert.Equal(reader.Email, person["subscription"]![0]!["email"]!.GetValue<string>());
        Assert.DoesNotContain(stranger.Email, person.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_holds_when_it_is_confirmed_there_and_older_links_open_nothing_then()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        await Readers.AddAsync(room.Installation, "taken@example.org");
        foreach (var asked in new[] { "taken@example.org", "typo@example.org", "new@example.org", "new@example.org", "third@example.org", "fourth@example.org" })
            await DoneAsync(room, page, "address", new() { ["address"] = asked });
        Assert.Equal(["typo@example.org", "new@example.org", "third@example.org"], await Readers.QueryAsync(room.Installation, "select recipient from outbox order by id"));
        Assert.Equal(reader.Email, (await Readers.FindAsync(room.Installation, reader.Id)).Email);
        var doors = (await Readers.QueryAsync(room.Installation, "select payload from outbox order by id")).Select(payload => Door().Match(payload).Value).ToList();

        Assert.All(doors, door => StrictPage.Read(room.PageAsync(door).GetAwaiter().GetResult()));
        foreach (var overtaken in doors[..2])
            using (var refused = await room.PostAsync(overtaken))
                Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(reader.Email, (await Readers.FindAsync(room.Installation, reader.Id)).Email);
        using (var changed = await room.PostAsync(doors[2]))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("third@example.org", (await Readers.FindAsync(room.Installation, reader.Id)).Email);
        Assert.Equal([reader.Email], await Readers.QueryAsync(room.Installation, "select recipient from outbox order by id desc limit 1"));
        using (var again = await room.PostAsync(doors[2]))
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        await room.PageAsync(page, HttpStatusCode.NotFound);
        await room.PageAsync("/my/" + room.Installation.Get<OwnLinks>().Write(TokenPurpose.Own, reader.Id, "THIRD@example.org"));
    }

    [Theory]
    [InlineData("free@example.org")]
    [InlineData("taken@example.org")]
    [InlineData("bounced@example.org")]
    public async Task How_long_it_takes_to_ask_for_another_address_does_not_tell_whether_somebody_has_it(string address)
    {
        await using var room = await SiteRoom.OpenAsync();
        var (_, page) = await ReaderAsync(room, "graph networks");
        await Readers.AddAsync(room.Installation, "taken@example.org");
        var bounced = await Readers.AddAsync(room.Installation, "bounced@example.org");
        await room.Installation.Get<Subscriptions>().SuppressAsync(bounced.Id, "bounced", null, CancellationToken.None);
        var form = new Dictionary<string, string> { ["address"] = address, ["proof"] = Proof().Match(await room.PageAsync(page)).Groups[1].Value };
        var answer = room.Browser.PostAsync($"{page}/address", new FormUrlEncodedContent(form));
        for (var step = 0; step < 9; step++)
        {
            await Task.Delay(100);
            Assert.False(answer.IsCompleted);
            room.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        while (await Task.WhenAny(answer, Task.Delay(10)) != answer)
            room.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(HttpStatusCode.SeeOther, (await answer).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Another_site_cannot_press_the_button_of_a_new_address(string header, string value)
    {
        await using var room = await SiteRoom.OpenAsync();
        var (reader, page) = await ReaderAsync(room, "graph networks");
        await DoneAsync(room, page, "address", new() { ["address"] = "new@example.org" });
        var door = Door().Match((await Readers.QueryAsync(room.Installation, "select payload from outbox")).Single()).Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, door);
        request.Headers.Add(header, value);
        using var answer = await room.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(reader.Email, (await Readers.FindAsync(room.Installation, reader.Id)).Email);
    }

    [Fact]
    public async Task Who_wants_to_be_forgotten_is_with_all_that_was_sent_about_a_new_address()
    {
        await using var room = await SiteRoom.OpenAsync();
        var (_, page) = await ReaderAsync(room, "graph networks");
        await DoneAsync(room, page, "address", new() { ["address"] = "new@example.org" });
        using (var answer = await ActAsync(room, page, "erase", new() { ["sure"] = "yes" }))
            Assert.Contains("You are forgotten", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var table in new[] { "subscriber", "address_change", "subscription_change" })
            Assert.Equal(0, await Readers.CountAsync(room.Installation, table));
        Assert.Equal(["suppressed  {}"], await Readers.QueryAsync(room.Installation, "select state || ' ' || recipient || ' ' || payload from outbox"));
        await room.PageAsync(page, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_mail_to_a_reader_has_the_link_and_no_letter_to_an_address_that_is_not_theirs_yet()
    {
        await using var room = await SiteRoom.OpenAsync(("Delivery:Transport", "pickup"));
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks"));
        var (reader, page) = await ReaderAsync(room, "graph networks");
        await DoneAsync(room, page, "address", new() { ["address"] = "new@example.org" });
        await room.Installation.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = "eve@example.org" }, "page", MailKind.Confirmation, CancellationToken.None);
        room.Clock.SetUtcNow(reader.NextDueAt!.Value);
        await room.Installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var mails = Directory.GetFiles(Path.Combine(room.Installation.Folder, "pickup"), "*.eml").Select(file => MimeKit.MimeMessage.Load(file)).ToDictionary(mail => mail.To.Mailboxes.Single().Address);
        Assert.Equal(3, mails.Count);
        Assert.Contains(page, mails[reader.Email].TextBody, StringComparison.Ordinal);
        Assert.Contains(page, mails[reader.Email].HtmlBody, StringComparison.Ordinal);
        Assert.All(new[] { mails["new@example.org"], mails["eve@example.org"] }, mail => Assert.DoesNotContain("/my/", mail.HtmlBody + mail.TextBody, StringComparison.Ordinal));
        Assert.Contains(room.Browser.BaseAddress + "a/", mails["new@example.org"].HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("+r-", mails["new@example.org"].ReplyTo.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(Subscriber Reader, string Page)> ReaderAsync(SiteRoom room, string interests, SubscriberDraft? draft = null, string email = "ada@example.org")
    {
        var reader = await Readers.AddAsync(room.Installation, email, interests, draft);
        return (await Readers.FindAsync(room.Installation, reader.Id), "/my/" + room.Installation.Get<OwnLinks>().Write(TokenPurpose.Own, reader.Id, email));
    }

    private static async Task DoneAsync(SiteRoom room, string page, string act, Dictionary<string, string>? fields = null)
    {
        using var answer = await ActAsync(room, page, act, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{act}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var location = answer.Headers.Location!.ToString();
        Assert.StartsWith(page + "?done=", location, StringComparison.Ordinal);
        Assert.Contains("role=\"status\"", await room.PageAsync(location), StringComparison.Ordinal);
    }

    /// <summary>Sends a form of the page, as browsers do under the policy "no-referrer".</summary>
    /// <param name="to">The page that it is sent to; null: the one that it is on.</param>
    private static async Task<HttpResponseMessage> ActAsync(SiteRoom room, string page, string act, Dictionary<string, string>? fields = null, string? to = null)
    {
        var form = new Dictionary<string, string>(fields ?? []) { ["proof"] = Proof().Match(await room.PageAsync(page)).Groups[1].Value };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{to ?? page}/{act}") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await room.SendAsync(request);
    }

    [GeneratedRegex("""name="proof" value="([a-z0-9]+)""")]
    private static partial Regex Proof();

    [GeneratedRegex("/a/[a-z0-9]+")]
    private static partial Regex Door();
}
