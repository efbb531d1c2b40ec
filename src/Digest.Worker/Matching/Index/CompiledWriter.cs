using System.Numerics;
using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>Writes the compiled form of an index: blocks of numbers as they stand in memory, and the sum of all at the end.</summary>
internal sealed class CompiledWriter(Stream to)
{
    private uint _sum = uint.MaxValue;

    public void Write(int number) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));

    public void Write(ulong number) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in number)));

    public void Write<T>(List<T> numbers)
        where T : unmanaged
    {
        Write(numbers.Count);
        Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _sum = Sum(_sum, bytes);
        to.Write(bytes);
    }

    /// <summary>The end: the sum over everything before it.</summary>
    public void Close()
    {
        var sum = _sum;
        to.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in sum)));
    }

    /// <summary>CRC-32C going on.</summary>
    public static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}
