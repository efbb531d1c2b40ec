using System.Text.Json;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Text;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Matching;

public sealed class ProfileIndexTests
{
    /// <summary>10,000 pairs each; <c>DIGEST_ORACLE_RUNS=100</c> makes a million of them.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Number("DIGEST_ORACLE_RUNS", 4))];

    [Theory, MemberData(nameof(Seeds))]
    public void The_index_finds_what_reading_everything_finds(int seed)
    {
        var random = new RandomProfiles(seed);
        var papers = Enumerable.Range(1, 100).Select(random.Paper).ToList();
        var profiles = Enumerable.Range(0, 100).Select(_ => random.Profile()).ToList();
        var (pairs, hits, differences) = OracleComparison.Compare(profiles, papers);
        Assert.Equal(10_000, pairs);
        Assert.True(hits > 500, $"only {hits} hits: the test says little");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    /// <summary>
    /// Every real profile; of each real day the first papers, <c>DIGEST_ORACLE_PAPERS=1000</c> takes them all. Rarity is counted over the whole day.
    /// </summary>
    [TheoryWith<RealData>]
    [InlineData("2026-01-26")]
    [InlineData("2026-01-27")]
    [InlineData("2026-01-28")]
    [InlineData("2026-01-29")]
    [InlineData("2026-01-30")]
    public void It_does_so_for_real_profiles_and_days(string day)
    {
        var papers = File.ReadLines(RealData.Path("week", $"{day}.jsonl")).Select(RealPaper).DistinctBy(paper => paper.WorkKey).ToList();
        var profiles = RealProfiles.Texts().Select(Profile.Parse).ToList();
        var (pairs, hits, differences) = OracleComparison.Compare(profiles, [.. papers.Take(Number("DIGEST_ORACLE_PAPERS", 12))], Corpus.Of(papers));
        Assert.True(hits > pairs / 100, $"only {hits} hits of {pairs}");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    [Fact]
    public void A_phrase_of_small_words_scores_nothing_and_its_papers_count_once()
    {
        var paper = new Paper { Id = 1, WorkKey = "arxiv:2601.00001", Title = "A model in of all things" };
        var (_, hits, differences) = OracleComparison.Compare([Profile.Parse("\"in of\"\nmodel"), Profile.Parse("\"in of\"")], [paper]);
        Assert.Equal(2, hits);
        Assert.Empty(differences);
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;

    private static Paper RealPaper(string line, int number)
    {
        using var json = JsonDocument.Parse(line);
        var paper = json.RootElement;
        return new Paper
        {
            Id = number + 1,
            WorkKey = "arxiv:" + paper.GetProperty("id").GetString(),
            Title = ReadableText.Abstract(paper.GetProperty("title").GetString()!),
            Abstract = ReadableText.Abstract(paper.GetProperty("abstract").GetString()!),
            Authors = [.. paper.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!)],
            Categories = [.. paper.GetProperty("categories").EnumerateArray().Select(code => code.GetString()!)],
            Upvotes = paper.TryGetProperty("upvotes", out var votes) && votes.ValueKind == JsonValueKind.Number ? votes.GetInt32() : null,
        };
    }
}
