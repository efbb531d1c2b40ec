using Digest.Worker.Issues;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Issues;

public sealed class BibliographyTests
{
    [Fact]
    public void An_entry_has_what_a_reference_manager_asks_for()
    {
        var paper = new Paper
        {
            WorkKey = "arxiv:2601.00001",
            Title = "Tides & 50 % of {all} marshes: a_b at R² = $1",
            Authors = ["Zoë Quill", "Marsh, Group", "Sand and Sea"],
            Categories = ["physics.ao-ph", "cs.LG"],
            Announced = new DateOnly(2026, 1, 27),
            Doi = "10.1000/x_{y}",
            Url = "https://papers.example.org/abs/2601.00001?a=b&c_d",
        };
        Assert.Equal(
            """
            @misc{2601.00001,
              title = {{Tides \& 50 \% of {\textbraceleft}all{\textbraceright} marshes: a\_b at R² = \$1}},
              author = {Zoë Quill and
                {Marsh, Group} and
                {Sand and Sea}},
              year = {2026},
              month = jan,
              eprint = {2601.00001},
              archiveprefix = {arXiv},
              primaryclass = {physics.ao-ph},
              doi = {10.1000/x_%7By%7D},
              url = {https://papers.example.org/abs/2601.00001?a=b&c_d}
            }


            """, Bibliography.Of([paper]));
    }

    [Fact]
    public void Whatever_a_paper_holds_the_braces_close_and_no_key_is_twice()
    {
        var hostile = new Support.HostileText(7);
        var papers = Enumerable.Range(0, 300).Select(i => new Paper
        {
            WorkKey = i % 3 == 0 ? "title:" + hostile.Next() : "doi:10.1/{" + (i % 7),
            Title = hostile.Next(),
            Authors = [hostile.Next(), hostile.Next()],
            Categories = [hostile.Next()],
            Doi = hostile.Next(),
            Url = hostile.Next(),
        }).ToList();
        var text = Bibliography.Of(papers);
        var (depth, lowest) = (0, 0);
        foreach (var c in text)
            lowest = Math.Min(lowest, depth += c switch { '{' => 1, '}' => -1, _ => 0 });
        Assert.Equal((0, 0), (depth, lowest));
        var keys = text.Split('\n').Where(line => line.StartsWith("@misc{", StringComparison.Ordinal)).ToList();
        Assert.Equal(papers.Count, keys.Count);
        Assert.Equal(papers.Count, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }
}
