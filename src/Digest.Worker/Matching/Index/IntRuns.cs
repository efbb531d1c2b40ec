using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>Short runs of numbers in large blocks: eight million of them cost no object each, and growing copies nothing.</summary>
internal sealed class IntRuns
{
    /// <summary>No run may be longer.</summary>
    public const int Longest = BlockSize - 1;

    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<int[]> _blocks = [];
    private int _used = BlockSize;

    /// <summary>How many numbers are kept, the lengths of the runs included.</summary>
    public long Count => _blocks.Count == 0 ? 0 : ((long)(_blocks.Count - 1) << BlockBits) + _used;

    /// <summary>The run at an address that <see cref="Add"/> gave.</summary>
    public ReadOnlySpan<int> this[int at]
    {
        get
        {
            var (block, place) = (_blocks[at >> BlockBits], at & (BlockSize - 1));
            return block.AsSpan(place + 1, block[place]);
        }
    }

    /// <returns>The address of the run.</returns>
    public int Add(ReadOnlySpan<int> run)
    {
        if (_used + run.Length + 1 > BlockSize)
        {
            _blocks.Add(new int[BlockSize]);
            _used = 0;
        }

        var block = _blocks[^1];
        var at = ((_blocks.Count - 1) << BlockBits) + _used;
        block[_used] = run.Length;
        run.CopyTo(block.AsSpan(_used + 1));
        _used += run.Length + 1;
        return at;
    }

    public void Write(CompiledWriter to)
    {
        to.Write(_blocks.Count);
        to.Write(_used);
        foreach (var block in _blocks)
        {
            to.Write(MemoryMarshal.AsBytes(block.AsSpan()));
        }
    }

    public void Read(CompiledReader from)
    {
        var blocks = from.Number(int.MaxValue >> BlockBits);
        _used = from.Number(BlockSize);
        for (var i = 0; i < blocks; i++)
        {
            var block = new int[BlockSize];
            from.Fill(MemoryMarshal.AsBytes(block.AsSpan()));
            _blocks.Add(block);
        }
    }
}
