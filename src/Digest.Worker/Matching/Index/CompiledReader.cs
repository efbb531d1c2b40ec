using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>Reads what <see cref="CompiledWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Thrown by every member where the form is cut off or cannot be right.</exception>
internal sealed class CompiledReader(Stream from)
{
    private uint _sum = uint.MaxValue;

    /// <summary>A count or a place: from 0 to <paramref name="most"/>.</summary>
    public int Number(int most)
    {
        var number = 0;
        Fill(MemoryMarshal.AsBytes(new Span<int>(ref number)));
        return number >= 0 && number <= most ? number : throw new InvalidDataException($"{number} stands where at most {most} is possible.");
    }

    public ulong Long()
    {
        var number = 0UL;
        Fill(MemoryMarshal.AsBytes(new Span<ulong>(ref number)));
        return number;
    }

    public void Read<T>(List<T> into)
        where T : unmanaged
    {
        // A false length must not ask for more memory than what is left could fill.
        var count = Number(int.MaxValue);
        if (from.CanSeek && (long)count * Marshal.SizeOf<T>() > from.Length - from.Position)
        {
            throw new InvalidDataException("It ends too early.");
        }

        CollectionsMarshal.SetCount(into, count);
        Fill(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(into)));
    }

    public void Fill(Span<byte> bytes)
    {
        if (from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("It ends too early.");
        }

        _sum = CompiledWriter.Sum(_sum, bytes);
    }

    /// <summary>Checks the sum at the end.</summary>
    public void Close()
    {
        var (mine, theirs) = (_sum, 0u);
        Fill(MemoryMarshal.AsBytes(new Span<uint>(ref theirs)));
        if (mine != theirs)
        {
            throw new InvalidDataException("Its sum is wrong: something changed it.");
        }
    }
}
