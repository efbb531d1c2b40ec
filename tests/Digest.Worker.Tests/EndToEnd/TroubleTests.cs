using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Tests.Issues;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.EndToEnd;

/// <summary>What goes wrong outside: it is told, nothing is lost, and the rest goes on.</summary>
public sealed class TroubleTests
{
    private const string Papers =
        """
        {"id":"2601.00001","title":"Graph coloring in the dark","abstract":"We color graphs.","announced":"2026-01-26","announce_type":"new"}
        {"id":"2601.00002","title":"Graph coloring
        {"title":""}
        [1, 2]
        {"id":"2601.00003","title":"A second look at graph coloring","announced":"2026-01-26","authors":"not a list","categories":[null,7],"upvotes":"many"}
        """;

    [Fact]
    public async Task An_unreachable_source_and_bad_papers_are_told_and_the_good_ones_are_mailed()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "gone"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", "no-such-folder"),
            ("Papers:Sources:1:Name", "here"), ("Papers:Sources:1:Kind", "file"));
        program["Papers:Sources:1:Path"] = program.Write("papers.jsonl", Papers);
        await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "graph coloring", "--at", "2026-01-25T20:00:00Z");
        var (code, output, error) = await program.RunAsync("once", "--at", "2026-01-26T20:00:00Z");
        Assert.Equal(1, code);
        Assert.Contains("gone: FAILED: no-such-folder", output, StringComparison.Ordinal);
        Assert.Contains("here: 2 new of 2, 3 set aside", output, StringComparison.Ordinal);
        Assert.Contains("papers.jsonl line 2", output + error, StringComparison.Ordinal);
        Assert.Equal(["2601.00001", "2601.00003"], Assert.Single(PickedUp.All(program.Pickup)).InText.Order(StringComparer.Ordinal));
    }

    [TheoryWith<RealData>]
    [InlineData("seed", "papers.jsonl", 59)]
    [InlineData("sources", "hf_daily_papers/hf_2025-07-29.json", 15)]
    public async Task The_page_we_come_from_makes_a_trending_issue(string folder, string file, int least)
    {
        var clock = new FakeTimeProvider(ComposeRoom.Monday);
        await using var installation = await Installation.CreateAsync(clock);
        await using (var stream = File.OpenRead(RealData.Path(folder, file)))
        {
            var reading = Digest.Worker.Papers.Sources.SourceKinds.Find(folder == "seed" ? "file" : "huggingface")!.Read(stream);
            Assert.True(reading.Entries.Count >= least, $"{reading.Entries.Count} papers");
            await installation.Get<PaperStore>().AddAsync("page", new Fetched([.. reading.Entries], [], null), clock.GetUtcNow(), CancellationToken.None);
        }
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new ComposeReport(1, 0, 8), await installation.Get<ComposeIssues>().RunAsync(CancellationToken.None));
        var issue = (await installation.Get<IssueStore>().NewestAsync(ada.Id, CancellationToken.None))!;
        Assert.True(issue.Trending);
        Assert.Equal(issue.Choices.OrderByDescending(choice => choice.Paper.Upvotes ?? 0).Select(choice => choice.Paper.Upvotes), issue.Choices.Select(choice => choice.Paper.Upvotes));
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var mail = MimeKit.MimeMessage.Load(Assert.Single(Directory.GetFiles(Path.Combine(installation.Folder, "pickup"), "*.eml")));
        var text = Assert.IsType<string>(mail.TextBody);
        foreach (var choice in issue.Choices)
            Assert.Contains(choice.Paper.Title[..20], text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\\(?:text|emph|mathbf|frac)\b", text);
    }
}
