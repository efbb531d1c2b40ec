using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;
using Digest.Worker.Storage;

namespace Digest.Worker.Web.Search;

/// <summary>
/// Finds papers for a query in the language of profiles: candidates by words, then the same score as in an issue. What it finds is what an
/// issue would bring; for a description, papers with fewer of its words follow.
/// </summary>
internal sealed class PaperSearch(Database database, PaperWordStore words, PaperStore papers, WordLists lists, WordReading reading)
{
    /// <summary>The most papers that are found.</summary>
    public const int Most = 200;

    /// <summary>The most papers that are scored for one line.</summary>
    private const int MostScored = 400;

    public async Task<SearchResult> FindAsync(string query, CancellationToken cancellationToken)
    {
        var profile = Profile.Parse(query);
        if (profile.IsEmpty)
            return new SearchResult(profile, [], false);
        await reading.ReadSomeAsync(cancellationToken);
        var ids = await CandidatesAsync(profile, cancellationToken);
        var found = await papers.FindAsync(ids, cancellationToken);
        var corpus = await reading.CorpusAsync(cancellationToken);
        var matches = Searching.Rank(profile, [.. found.Select(paper => new PaperReading(paper))], Breadth.Search, corpus);
        return new SearchResult(profile, [.. matches.Take(Most)], matches.Count > Most || ids.Count >= MostScored);
    }

    private async Task<IReadOnlyList<long>> CandidatesAsync(Profile profile, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        var wanted = new List<string>();
        var writer = new Candidates(database.WordSearch);
        foreach (var query in profile.Interests.Where(interest => !interest.Excludes).Select(interest => interest.Query))
        {
            if (query is Query.Plain { IsDescription: true } plain)
                ids.UnionWith(await lists.BestAsync([.. plain.Words.Select(Word).Distinct()], await papers.CountAsync(cancellationToken), MostScored, cancellationToken));
            else if (writer.Of(query) is { } expression)
                wanted.Add(expression);
        }
        if (wanted.Count > 0)
            ids.UnionWith(await words.NewestAsync(database.WordSearch.AnyOf(wanted), MostScored, cancellationToken));
        return [.. ids.Take(2 * MostScored)];
    }

    private static string Word(Term term) => term.Stem is { } stem ? PaperWords.Stem(stem) : PaperWords.Plain(term.Key);
}

/// <param name="Matches">Best first.</param>
/// <param name="More">There may be more than were scored.</param>
internal sealed record SearchResult(Profile Profile, IReadOnlyList<Match> Matches, bool More);
