using System.Buffers;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>
/// The papers with the most telling words of a description. The lists of words that were asked for lately are kept, at most four million
/// entries, until new papers are read.
/// </summary>
internal sealed class WordLists(PaperWordStore words, PaperStore papers)
{
    private const int MostEntries = 4_000_000;

    private readonly Lock gate = new();
    private Dictionary<string, int[]> known = new(StringComparer.Ordinal);
    private int entries;
    private long number;
    private long? stored;

    /// <summary>The papers with the greatest sum of rarities of these words, at most so many; among equals the newest.</summary>
    /// <param name="asOf">How far the words were read when they were asked for (<see cref="WordState.Number"/>): lists that are older are forgotten.</param>
    public async Task<IReadOnlyList<long>> BestAsync(IReadOnlyList<string> wanted, long asOf, int most, CancellationToken cancellationToken)
    {
        var all = await CountAsync(asOf, cancellationToken);
        var lists = new List<int[]>();
        foreach (var word in wanted)
            lists.Add(await ListAsync(word, asOf, cancellationToken));
        var highest = lists.Max(list => list.Length == 0 ? 0 : list[^1]);
        var sums = ArrayPool<float>.Shared.Rent(highest + 1);
        Array.Clear(sums, 0, highest + 1);
        try
        {
            foreach (var list in lists)
            {
                var rarity = (float)Math.Log(1 + ((all - list.Length + 0.5) / (list.Length + 0.5)));
                foreach (var id in list)
                    sums[id] += Math.Max(rarity, 0.01f);
            }
            return Best(sums.AsSpan(0, highest + 1), most);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sums);
        }
    }

    private static List<long> Best(ReadOnlySpan<float> sums, int most)
    {
        var heap = new PriorityQueue<int, (float, int)>(most + 1);
        for (var id = 0; id < sums.Length; id++)
        {
            if (sums[id] == 0 || (heap.Count == most && heap.TryPeek(out _, out var least) && (sums[id], id).CompareTo(least) < 0))
                continue;
            heap.Enqueue(id, (sums[id], id));
            if (heap.Count > most)
                heap.Dequeue();
        }
        var best = new List<long>(heap.Count);
        while (heap.TryDequeue(out var id, out _))
            best.Add(id);
        best.Reverse();
        return best;
    }

    /// <summary>How many papers there are, to tell what is rare.</summary>
    private async Task<long> CountAsync(long asOf, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (asOf > number)
                Begin(asOf);
            if (stored is { } counted)
                return counted;
        }
        var read = await papers.CountAsync(cancellationToken);
        lock (gate)
            if (asOf == number)
                stored = read;
        return read;
    }

    private async Task<int[]> ListAsync(string word, long asOf, CancellationToken cancellationToken)
    {
        lock (gate)
            if (known.TryGetValue(word, out var list))
                return list;
        var read = await words.WithAsync(word, cancellationToken);
        lock (gate)
        {
            // What was asked for before others were read may lack them.
            if (asOf != number)
                return read;
            if (entries + read.Length > MostEntries)
                Begin(asOf);
            if (known.TryAdd(word, read))
                entries += read.Length;
        }
        return read;
    }

    private void Begin(long asOf) => (known, entries, number, stored) = (new(StringComparer.Ordinal), 0, asOf, null);
}
