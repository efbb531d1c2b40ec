using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;
using Digest.Worker.Storage;

namespace Digest.Worker.Web.Search;

/// <summary>
/// Finds papers for a query in the language of profiles: candidates by words, then the same score as in an issue. What it finds is what an
/// issue would bring; for a description, papers with fewer of its words follow. As many run at once as there are processors: more would only
/// make each other wait.
/// </summary>
internal sealed class PaperSearch(Database database, PaperWordStore words, PaperStore papers, WordLists lists, WordReading reading, ReadPapers read, ReadAhead ahead) : IDisposable
{
    /// <summary>The most papers that are found.</summary>
    public const int Most = 200;

    /// <summary>The most papers that are scored for one line.</summary>
    private const int MostScored = 400;

    private readonly SemaphoreSlim atOnce = new(Environment.ProcessorCount);

    /// <param name="skip">So many of the best are not shown.</param>
    /// <param name="show">The most that are shown after them: for each is said why.</param>
    public async Task<SearchResult> FindAsync(string query, int skip, int show, CancellationToken cancellationToken)
    {
        var profile = Profile.Parse(query);
        if (profile.IsEmpty)
            return new SearchResult(profile, [], 0, false);
        await atOnce.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(profile, skip, show, cancellationToken);
        }
        finally
        {
            atOnce.Release();
        }
    }

    public void Dispose() => atOnce.Dispose();

    private async Task<SearchResult> FindAsync(Profile profile, int skip, int show, CancellationToken cancellationToken)
    {
        var state = await words.StateAsync(cancellationToken);
        if (state.Unread > 0)
        {
            // Where others read them meanwhile there is nothing left to read, and still the state is another.
            await reading.ReadSomeAsync(cancellationToken);
            state = await words.StateAsync(cancellationToken);
        }
        var ids = await CandidatesAsync(profile, state.Number, cancellationToken);
        var corpus = await reading.CorpusAsync(state.HighestId, cancellationToken);
        var packed = await read.TakeAsync(ids, state.Number, cancellationToken);
        ahead.Begin();
        var best = Searching.Order(profile, packed, Breadth.Search, corpus);
        var total = Math.Min(best.Count, Most);
        var shown = await papers.FindAsync([.. best.Take(total).Skip(skip).Take(show).Select(scored => scored.PaperId)], cancellationToken);
        var known = packed.ToDictionary(paper => paper.Standing.Id);
        var matches = Searching.Explain(profile, shown.Select(paper => (paper, known[paper.Id])), Breadth.Search, corpus);
        return new SearchResult(profile, matches, total, best.Count > Most || ids.Count >= MostScored);
    }

    private async Task<IReadOnlyList<long>> CandidatesAsync(Profile profile, long asOf, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        var wanted = new List<string>();
        var writer = new Candidates(database.WordSearch);
        foreach (var query in profile.Interests.Where(interest => !interest.Excludes).Select(interest => interest.Query))
        {
            if (query is Query.Plain { IsDescription: true } plain)
                ids.UnionWith(await lists.BestAsync([.. plain.Words.Select(Word).Distinct()], asOf, MostScored, cancellationToken));
            else if (writer.Of(query) is { } expression)
                wanted.Add(expression);
        }
        if (wanted.Count > 0)
            ids.UnionWith(await words.NewestAsync(database.WordSearch.AnyOf(wanted), MostScored, cancellationToken));
        return [.. ids.Take(2 * MostScored)];
    }

    private static string Word(Term term) => term.Stem is { } stem ? PaperWords.Stem(stem) : PaperWords.Plain(term.Key);
}

/// <param name="Matches">Those that are shown, best first.</param>
/// <param name="Total">How many were found.</param>
/// <param name="More">There may be more than were scored.</param>
internal sealed record SearchResult(Profile Profile, IReadOnlyList<Match> Matches, int Total, bool More);
