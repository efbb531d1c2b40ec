using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class MatchCases
{
    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Matching", "Cases", "matches.txt")))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var parts = line.Split(" | ");
                cases.Add(parts[0], parts[1], parts[2]);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_interest_hits_these_words_of_a_title(string interest, string title, string hits)
    {
        var profile = Profile.Parse(interest);
        Assert.Empty(profile.Problems);
        var paper = new PaperReading(new Paper { WorkKey = "arxiv:2601.00001", Title = title });
        var match = Explanation.Of(profile.Interests, paper, Corpus.Of([paper]), Breadth.Issue);
        var found = match is null ? "-" : string.Join(',', match.Reason.Hits.Select(hit => title.Substring(hit.Start, hit.Length)));
        Assert.Equal(hits, found);
    }
}
