using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

/// <summary>What stands under which heading.</summary>
public sealed class IssueGroupTests
{
    private static readonly IssueReason Rest = new("", "category", []);
    private static readonly IssueReason Category = new("cat:cs.LG", "category", []);
    private static readonly IssueReason Interest = new("tide gauges", "title", []);

    [Fact]
    public void The_rest_of_a_category_is_a_list_even_where_there_is_nothing_else()
    {
        var mail = Samples.Templates.Render(Samples.Issue(Because(1, Rest), Because(2, Rest)));
        Assert.Equal([ShownAs.Compact, ShownAs.Compact], mail.Shown);
        Assert.Contains("Also in your categories", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Trending", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Why:", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_a_category_joins_the_list_below_the_interests()
    {
        var mail = Samples.Templates.Render(Samples.Issue(Because(1, Interest), Because(2, Category), Because(3, Rest)));
        Assert.Equal([ShownAs.Full, ShownAs.Compact, ShownAs.Compact], mail.Shown);
        Assert.Equal(2, mail.Text.Split("\nAlso in your categories\n").Length);
    }

    [Fact]
    public void A_reader_of_categories_alone_gets_cards_and_the_rest_as_a_list()
    {
        var mail = Samples.Templates.Render(Samples.Issue(Because(1, Category), Because(2, Rest)));
        Assert.Equal([ShownAs.Full, ShownAs.Compact], mail.Shown);
    }

    private static IssuePaper Because(int number, IssueReason reason) => Samples.Paper(number) with { Reason = reason };
}
