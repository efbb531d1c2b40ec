using System.Buffers;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>
/// The papers with the most telling words of a description. The lists of words that were asked for lately are kept, at most four million
/// entries, until new papers are read.
/// </summary>
internal sealed class WordLists(PaperWordStore words)
{
    private const int MostEntries = 4_000_000;

    private readonly Lock gate = new();
    private Dictionary<string, int[]> known = new(StringComparer.Ordinal);
    private int entries;

    /// <summary>New papers were read: what is known of their words is old.</summary>
    public void Forget()
    {
        lock (gate)
            (known, entries) = (new(StringComparer.Ordinal), 0);
    }

    /// <summary>The papers with the greatest sum of rarities of these words, at most so many; among equals the newest.</summary>
    /// <param name="papers">How many papers there are, to tell what is rare.</param>
    public async Task<IReadOnlyList<long>> BestAsync(IReadOnlyList<string> wanted, long papers, int most, CancellationToken cancellationToken)
    {
        var lists = new List<int[]>();
        foreach (var word in wanted)
            lists.Add(await ListAsync(word, cancellationToken));
        var highest = lists.Max(list => list.Length == 0 ? 0 : list[^1]);
        var sums = ArrayPool<float>.Shared.Rent(highest + 1);
        Array.Clear(sums, 0, highest + 1);
        try
        {
            foreach (var list in lists)
            {
                var rarity = (float)Math.Log(1 + ((papers - list.Length + 0.5) / (list.Length + 0.5)));
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

    private async Task<int[]> ListAsync(string word, CancellationToken cancellationToken)
    {
        lock (gate)
            if (known.TryGetValue(word, out var list))
                return list;
        var read = await words.WithAsync(word, cancellationToken);
        lock (gate)
        {
            if (entries + read.Length > MostEntries)
                Forget();
            if (known.TryAdd(word, read))
                entries += read.Length;
        }
        return read;
    }
}
