using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>The papers that were asked for last: a day's papers stand in most issues of the day, and each is read once.</summary>
internal sealed class PaperShelf(PaperStore papers, TimeProvider time)
{
    private const int Most = 5_000;

    /// <summary>What a source adds to a paper shows in a mail after at most this time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private Dictionary<long, Paper> known = [];
    private long since = time.GetTimestamp();

    /// <summary>The papers with these ids; one that is not there is left out.</summary>
    public async Task<IReadOnlyDictionary<long, Paper>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        Dictionary<long, Paper> shelf;
        lock (gate)
        {
            if (known.Count > Most || time.GetElapsedTime(since) > Fresh)
                (known, since) = ([], time.GetTimestamp());
            shelf = known;
        }
        long[] missing;
        lock (shelf)
            missing = [.. ids.Where(id => !shelf.ContainsKey(id)).Distinct()];
        var found = missing.Length == 0 ? [] : await papers.FindAsync(missing, cancellationToken);
        lock (shelf)
        {
            foreach (var paper in found)
                shelf[paper.Id] = paper;
            return ids.Distinct().Where(shelf.ContainsKey).ToDictionary(id => id, id => shelf[id]);
        }
    }
}
