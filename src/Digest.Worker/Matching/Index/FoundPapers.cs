namespace Digest.Worker.Matching.Index;

/// <summary>
/// What queries found, one after the other in large blocks: as one list it was written again each time it grew, and once more at the end, and left twice its size behind.
/// </summary>
/// <param name="longest">No query finds more papers.</param>
internal sealed class FoundPapers(int longest)
{
    /// <summary>Each block has room for twice what the one before has, from the smallest to the largest.</summary>
    private const int SmallestBlock = 1 << 8;
    private const int LargestBlock = 1 << 14;

    private readonly List<PaperScore[]> _blocks = [];
    private int _used;

    /// <summary>Keeps what one query found.</summary>
    public FoundRun Add(ReadOnlySpan<PaperScore> found)
    {
        if (_blocks.Count == 0 || found.Length > _blocks[^1].Length - _used)
        {
            var twice = _blocks.Count == 0 ? SmallestBlock : Math.Min(LargestBlock, _blocks[^1].Length * 2);
            _blocks.Add(new PaperScore[Math.Max(twice, longest)]);
            _used = 0;
        }

        found.CopyTo(_blocks[^1].AsSpan(_used));
        var run = new FoundRun(_blocks.Count - 1, _used, found.Length);
        _used += found.Length;
        return run;
    }

    public ReadOnlySpan<PaperScore> this[FoundRun run] => _blocks[run.Block].AsSpan(run.Start, run.Count);
}

/// <summary>Where the papers of one query stand.</summary>
internal readonly record struct FoundRun(int Block, int Start, int Count);

/// <summary>A paper's number in the run, and what one query gives it.</summary>
internal readonly record struct PaperScore(int Paper, double Score);
