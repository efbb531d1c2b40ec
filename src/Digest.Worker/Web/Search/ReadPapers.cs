using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>
/// The papers that searches have read, packed, so that each is cut into words once and not for each query. They take at most
/// <see cref="WebOptions.SearchMegabytes"/> of memory, the words that they share included: where that is full, it begins anew.
/// </summary>
internal sealed class ReadPapers(PaperWordStore words, PaperStore papers, WebOptions options) : IDisposable
{
    /// <summary>More changes than these at once are not looked through.</summary>
    private const int MostChanges = 2_000;

    private const long MostUnasked = 100_000_000;

    private readonly long most = options.SearchMegabytes is { } megabytes ? megabytes * 1_000_000L : Math.Min(MostUnasked, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim catchingUp = new(1);
    private Kept kept = new();
    private long number = -1;

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return kept.Papers.Count;
        }
    }

    /// <summary>About how much memory they take.</summary>
    public long Octets
    {
        get
        {
            lock (gate)
                return kept.Octets;
        }
    }

    /// <summary>Papers by their ids, read; those that are not there any more are left out.</summary>
    /// <param name="asOf">How far words were read before the ids were asked for: what was read anew up to then is not given as it was before.</param>
    public async Task<List<PackedReading>> TakeAsync(IReadOnlyCollection<long> ids, long asOf, CancellationToken cancellationToken)
    {
        if (asOf > Volatile.Read(ref number))
            await CatchUpAsync(asOf, cancellationToken);
        var found = new List<PackedReading>(ids.Count);
        var missing = new List<long>();
        lock (gate)
            foreach (var id in ids)
                if (kept.Papers.TryGetValue(id, out var paper))
                    found.Add(paper);
                else
                    missing.Add(id);
        if (missing.Count == 0)
            return found;
        foreach (var paper in await papers.FindAsync(missing, cancellationToken))
            found.Add(Keep(new PaperReading(paper), asOf));
        return found;
    }

    /// <summary>Reads papers before anybody asks for them.</summary>
    /// <param name="share">How much of the memory may be taken for it, in parts of the whole.</param>
    /// <returns>False where that much is taken.</returns>
    public async Task<bool> TakeAheadAsync(IReadOnlyCollection<long> ids, long asOf, double share, CancellationToken cancellationToken)
    {
        if (Octets >= share * most)
            return false;
        await TakeAsync(ids, asOf, cancellationToken);
        return true;
    }

    public void Dispose() => catchingUp.Dispose();

    private PackedReading Keep(PaperReading reading, long asOf)
    {
        Kept with;
        lock (gate)
            with = kept.Octets > most ? kept = new Kept() : kept;
        var packed = PackedReading.Of(reading, with.Vocabulary);
        lock (gate)
        {
            // What was read before others saw that it changed may be the old one: it serves this search alone.
            if (asOf == number && with == kept && kept.Papers.TryAdd(reading.Paper.Id, packed))
                kept.OctetsOfPapers += packed.Octets;
        }
        return packed;
    }

    private async Task CatchUpAsync(long asOf, CancellationToken cancellationToken)
    {
        await catchingUp.WaitAsync(cancellationToken);
        try
        {
            if (asOf <= number)
                return;
            var changed = number < 0 ? [] : await words.ReadSinceAsync(number, MostChanges, cancellationToken);
            lock (gate)
            {
                if (changed.Count == MostChanges)
                    kept = new Kept();
                foreach (var id in changed)
                    if (kept.Papers.Remove(id, out var old))
                        kept.OctetsOfPapers -= old.Octets;
                number = asOf;
            }
        }
        finally
        {
            catchingUp.Release();
        }
    }

    private sealed class Kept
    {
        public Vocabulary Vocabulary { get; } = new();

        public Dictionary<long, PackedReading> Papers { get; } = [];

        public long OctetsOfPapers { get; set; }

        public long Octets => OctetsOfPapers + Vocabulary.Octets;
    }
}
