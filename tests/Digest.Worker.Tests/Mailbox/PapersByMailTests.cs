using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Mailbox;

public class PapersByMailTests
{
    private const string Likeness = "Linear Attention or Molecular Property Prediction";

    [Theory]
    [InlineData("more like 2")]
    [InlineData("mehr wie 2")]
    [InlineData("plus comme 2")]
    [InlineData("más como 2")]
    [InlineData("更多像2")]
    [InlineData("2のような論文をもっと")]
    public async Task More_like_a_paper_is_an_interest_that_the_reader_sees_and_can_take_back(string words)
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply(words, room.ReplyAddress(issue: issue)));
        Assert.Equal($"graph neural networks\n{Likeness}", (await room.SubscriberAsync()).Profile);
        Assert.Contains(await LinesAsync(room), line => line.Contains(Likeness, StringComparison.Ordinal));
        await room.ReceiveAsync(Mails.Reply("undo", room.ReplyAddress(issue: issue)));
        Assert.Equal("graph neural networks", (await room.SubscriberAsync()).Profile);
    }

    [Fact]
    public async Task The_footers_own_words_above_the_quoted_footer_are_obeyed()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply("more like 2\n\nOn Tue, 24 Nov 2026 at 07:00, Digest wrote:\n> To change anything, reply to this mail, for example with\n> - more like 3\n> - unsubscribe\n", room.ReplyAddress(issue: issue)));
        Assert.Equal($"graph neural networks\n{Likeness}", (await room.SubscriberAsync()).Profile);
    }

    [Theory]
    [InlineData("Fast linear attention on long sequences", true)]
    [InlineData("Property prediction, molecular and otherwise", true)]
    [InlineData("Linear regression: what ten years of careful practice tell us about attention", false)]
    public void The_interest_finds_papers_like_it_and_no_others(string title, bool found)
    {
        var profile = Profile.Parse(Likeness);
        Assert.Empty(profile.Problems);
        var paper = new PaperReading(new Paper { WorkKey = "arxiv:2601.00001", Title = title });
        Assert.Equal(found, Explanation.Of(profile.Interests, paper, Corpus.Of([paper]), Breadth.Issue) is not null);
    }

    [Fact]
    public async Task A_number_that_is_not_there_and_an_interest_that_is_change_nothing()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply("more like 2", room.ReplyAddress(issue: issue)));
        await room.ReceiveAsync(Mails.Reply("more like 2, 9", room.ReplyAddress(issue: issue)));
        Assert.Equal($"graph neural networks\n{Likeness}", (await room.SubscriberAsync()).Profile);
        var lines = await LinesAsync(room);
        Assert.Contains($"You have this interest already: {Likeness}", lines);
        Assert.Contains("There is no paper number 9 in that issue.", lines);
        Assert.DoesNotContain(lines, line => line.Contains("undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_had_no_interests_is_told_that_trending_ends()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply("drop graph neural networks\nmore like 2", room.ReplyAddress(issue: issue)));
        Assert.Equal(Likeness, (await room.SubscriberAsync()).Profile);
        Assert.Contains(await LinesAsync(room), line => line.Contains("trending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_names_the_interest_and_less_like_tells_how_and_changes_nothing()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply("why 1\nless like 2", room.ReplyAddress(issue: issue)));
        var lines = await LinesAsync(room);
        Assert.Contains("1. Graph neural networks: because of your interest “graph neural networks”.", lines);
        Assert.Contains(lines, line => line.EndsWith("Nothing was changed.", StringComparison.Ordinal));
        Assert.Equal("graph neural networks", (await room.SubscriberAsync()).Profile);
    }

    [Fact]
    public async Task What_less_like_offers_works()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("add -survey", room.ReplyAddress()));
        Assert.Equal("graph neural networks\n-survey", (await room.SubscriberAsync()).Profile);
    }

    [Fact]
    public async Task Numbers_in_an_answer_to_no_issue_or_to_another_readers_issue_mean_nothing()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var other = await room.SubscribeAsync("other@example.net");
        var issue = await IssueAsync(room, other);
        await room.ReceiveAsync(Mails.Reply("more like 1", room.ReplyAddress(issue: 0)));
        Assert.StartsWith("Which issue", (await LinesAsync(room))[1], StringComparison.Ordinal);
        await room.ReceiveAsync(Mails.Reply("more like 2", room.ReplyAddress(issue: issue)));
        Assert.Equal("graph neural networks", (await room.SubscriberAsync()).Profile);
    }

    [Theory]
    [InlineData("resend", "again", "24 November 2026")]
    [InlineData("resend 24 November", "again", "24 November 2026")]
    [InlineData("erneut senden", "noch einmal", "24. November 2026")]
    [InlineData("renvoyer", "renvoyé", "24 novembre 2026")]
    [InlineData("reenviar", "de nuevo", "24 de noviembre de 2026")]
    [InlineData("重发", "再次", "2026年11月24日")]
    [InlineData("再送", "もう一度", "2026年11月24日")]
    public async Task An_issue_is_sent_again_once_a_day_with_the_same_papers(string words, string said, string day)
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.ReceiveAsync(Mails.Reply(words, room.ReplyAddress(issue: issue)));
        Assert.Contains(await LinesAsync(room), line => line.Contains(said, StringComparison.Ordinal) && line.Contains(day, StringComparison.Ordinal));
        await room.ReceiveAsync(Mails.Reply(words, room.ReplyAddress(issue: issue)));
        Assert.Equal([$"{issue} reader@example.net queued"], await room.QueryAsync("select issue_id || ' ' || recipient || ' ' || state from outbox where key like '%/again/%'"));
    }

    [Fact]
    public async Task An_issue_sent_again_in_vain_does_not_take_its_papers_back()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.SendIssueAsync(room.SubscriberId, issue, "x@lists.example.org");
        await room.ReceiveAsync(Mails.Reply("resend", room.ReplyAddress(issue: issue)));
        await room.ReceiveAsync(Mails.Reply("pause", room.ReplyAddress(issue: issue)));
        Assert.Equal(["suppressed"], await room.QueryAsync("select state from outbox where key like '%/again/%'"));
        await room.Service.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        Assert.Equal(2, (await room.Service.Get<IssueStore>().FindAsync(issue, CancellationToken.None))!.Choices.Count);
    }

    [Fact]
    public async Task No_issue_of_that_day_is_told()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("resend 3 January", room.ReplyAddress()));
        Assert.Contains("There was no issue on 3 January 2026.", await LinesAsync(room));
    }

    [Theory]
    [InlineData("why not 2601.00001", "“Graph neural networks” was in your issue of 24 November 2026.")]
    [InlineData("why not https://arxiv.org/abs/2601.00003v2", "“A survey of protein folding” is nearest to your interest “graph neural networks”, but these words of it are missing: graph, neural, networks.")]
    [InlineData("warum nicht 2601.00004", "„Graph neural networks for crystals“ wird von dieser Zeile Ihrer Interessen ferngehalten: -crystals. Um solche Artikel zu bekommen, antworten Sie „entferne“ und diese Zeile.")]
    [InlineData("pourquoi pas 2601.00005", "« Deeper graph neural networks » correspond à votre centre d'intérêt « graph neural networks ». À sa parution, d'autres étaient meilleurs que le dernier de vos 8, ou vous aviez d'autres centres d'intérêt.")]
    [InlineData("por qué no 2601.09999", "«2601.09999» no está entre los artículos de nuestras fuentes. Indique su identificador de arXiv, su DOI o el título completo.")]
    [InlineData("なぜ2601.00001がない", "「Graph neural networks」は2026年11月24日の号に載っています。")]
    public async Task Why_not_a_paper_is_told(string words, string said)
    {
        await using var room = await MailboxRoom.OpenAsync();
        var issue = await IssueAsync(room);
        await room.Service.Get<PaperStore>().AddAsync("test", new Fetched(
            [Entry("3", "A survey of protein folding"), Entry("4", "Graph neural networks for crystals"), Entry("5", "Deeper graph neural networks")], [], null), room.Time.GetUtcNow(), CancellationToken.None);
        await room.ReceiveAsync(Mails.Reply("add -crystals", room.ReplyAddress(issue: issue)));
        await room.ReceiveAsync(Mails.Reply(words, room.ReplyAddress(issue: issue)));
        Assert.Empty(await room.QueryAsync("select error from inbound_failure"));
        Assert.Equal(said, (await LinesAsync(room))[1]);
    }

    [Theory]
    [InlineData("Linear Attention for Molecular Property Prediction", Likeness)]
    [InlineData("FastFlow: Fast and Memory-Efficient Exact Attention", "Efficient Exact Attention")]
    [InlineData("Attention Is All You Need", "Attention Is All You Need")]
    [InlineData("\"Not\" (or) -x: author:*", "Not or x author")]
    [InlineData("大模型的推理", "大模型的推理")]
    [InlineData("…", "")]
    public void A_title_becomes_phrases_without_signs_of_the_language(string title, string interest) => Assert.Equal(interest, TitleInterest.Of(title));

    private static async Task<long> IssueAsync(MailboxRoom room, long? subscriber = null)
    {
        var papers = room.Service.Get<PaperStore>();
        var now = room.Time.GetUtcNow();
        await papers.AddAsync("test", new Fetched([Entry("1", "Graph neural networks"), Entry("2", "Linear Attention for Molecular Property Prediction")], [], null), now, CancellationToken.None);
        var known = await papers.NewerThanAsync(0, CancellationToken.None);
        var reader = await room.SubscriberAsync(subscriber);
        using var texts = new WrittenTexts();
        var issue = IssueWriter.Write(new Issue
        {
            SubscriberId = reader.Id,
            DueAt = now,
            ComposedAt = now,
            LocalDate = DateOnly.FromDateTime(now.UtcDateTime),
            Reader = new IssueReader(reader.Email, null, "en", reader.Interests, "daily", 7, "UTC"),
            Trending = false,
            Choices = [.. known.Select(paper => new Match(paper, 1, new Reason("graph neural networks", "title", [], new Dictionary<string, double>())))],
            Receipt = new Receipt(2, null, 2, 2, 0, []),
        }, texts);
        return (await room.Service.Database.WriteAsync(transaction => room.Service.Get<IssueStore>().InsertAsync(transaction, [issue]), CancellationToken.None))[reader.Id];
    }

    private static PaperEntry Entry(string id, string title) => new() { Id = $"2601.0000{id}", Title = title };

    private static async Task<IReadOnlyList<string>> LinesAsync(MailboxRoom room) =>
        LetterPayload.Parse((await room.QueryAsync("select payload from outbox where kind = 'answer' order by id desc limit 1"))[0]).Lines;
}
