using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

/// <summary>A mail put together from finished cards has the very octets of one that was written as a whole.</summary>
public sealed class FinishedCardTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_readers_get_the_octets_of_a_whole_rendering(int seed)
    {
        var templates = (MailTemplates.Load(null), MailTemplates.LoadInterpreted(null));
        var readers = new RandomReaders(seed);
        for (var i = 0; i < 40; i++)
            Same(templates, readers.Issue());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_papers_too(int seed)
    {
        var hostile = new Hostile(1000 + seed);
        var templates = (MailTemplates.Load(null), MailTemplates.LoadInterpreted(null));
        for (var i = 0; i < 3; i++)
        {
            var issue = hostile.Issue();
            Same(templates, issue);
            // The second time from what the first time left.
            Same(templates, issue with { Papers = [.. issue.Papers.Reverse()] });
        }
    }

    [Theory]
    [InlineData("card.html.sbn", "{{ if paper.number == \"1\" }}first{{ else }}{{ paper.title }}{{ end }}")]
    [InlineData("card.html.sbn", "{{ x = paper }}{{ x.number }} {{ paper.title }}")]
    [InlineData("card.html.sbn", "<a href=\"https://example.org/?q={{ paper.number }}\">{{ paper.title }}</a>")]
    [InlineData("card.html.sbn", "<a href=\"{{ paper.number }}\" title=\"{{ paper.number }}\">{{ paper.title }}</a>")]
    [InlineData("card.html.sbn", "{{ paper.number | string.size }} {{ paper[\"number\"] }} {{ paper.title }}")]
    [InlineData("card.text.sbn", "{{ if paper.reason && paper.reason.interest != \"x\" }}{{ paper.title }}{{ end }}\n")]
    [InlineData("card.text.sbn", "    {{ paper.number }} {{ paper.title }} {{ if paper.reason }}{{ paper.reason.interest }}{{ end }} {{ paper.number }}\n\n\n\n\n")]
    [InlineData("issue.text.sbn", "{{ for group in groups }}{{ for paper in group.papers }}> {{ paper }}{{ end }}{{ end }}")]
    [InlineData("issue.html.sbn", "{{ for group in groups }}{{ for paper in group.papers }}<div>{{ paper }}</div>{{ end }}{{ end }}")]
    public void An_operators_template_gives_the_same_octets_whatever_it_does(string file, string text)
    {
        var folder = Directory.CreateTempSubdirectory("digest-templates").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, file), text);
            var templates = (MailTemplates.Load(folder), MailTemplates.LoadInterpreted(folder));
            var readers = new RandomReaders(7);
            for (var i = 0; i < 20; i++)
                Same(templates, readers.Issue());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_paper_of_which_only_one_thing_changed_is_another_paper()
    {
        var templates = (MailTemplates.Load(null), MailTemplates.LoadInterpreted(null));
        var paper = Samples.Paper(1).Because("tide gauges") with { Upvotes = 3, CodeUrl = "https://code.example.org/a" };
        Assert.All((IssuePaper[])
        [
            paper, paper with { Id = "2601.77777" }, paper with { Title = paper.Title + "!" }, paper with { Abstract = "Other words." }, paper with { Authors = ["Other Name"] },
            paper with { FollowedAuthors = [0] }, paper with { Categories = ["math.AG"] }, paper with { AnnounceType = "replace" }, paper with { Date = new DateOnly(2026, 1, 1) },
            paper with { Upvotes = 4 }, paper with { Url = "https://papers.example.org/b" }, paper with { PdfUrl = null }, paper with { CodeUrl = "https://code.example.org/b" },
            paper with { Language = "de" }, paper with { Reason = null }, paper with { Reason = paper.Reason! with { Field = "author" } }, paper,
        ], one => Same(templates, Samples.Issue(one)));
    }

    [Fact]
    public void The_built_in_templates_take_the_short_way()
    {
        var templates = MailTemplates.Load(null);
        var readers = new RandomReaders(1);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.NotNull(templates.RenderSpliced(readers.Issue())));
    }

    private static void Same((MailTemplates Fast, MailTemplates Plain) templates, IssueModel issue)
    {
        var spliced = templates.Fast.Render(issue);
        var whole = templates.Plain.RenderWhole(issue);
        Assert.Equal(whole.Subject, spliced.Subject);
        Assert.Equal(whole.Shown, spliced.Shown);
        Assert.Equal(whole.Html, spliced.Html);
        Assert.Equal(whole.Text, spliced.Text);
        Assert.True(whole.HtmlPart.Octets.Span.SequenceEqual(spliced.HtmlPart.Octets.Span));
        Assert.True(whole.TextPart.Octets.Span.SequenceEqual(spliced.TextPart.Octets.Span));
    }
}
