using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>
/// A hash of letters that can go on letter by letter, so that joined words hash like one. 64 bits: with ten million keys and as many questions
/// the chance of one false meeting is about one in two hundred thousand; most meetings are checked by letters besides.
/// </summary>
internal static class LetterHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    public static ulong Begin => 0xD6E8FEB86659FD93;

    public static ulong Add(ulong hash, char letter) => (hash ^ letter) * Factor + (hash >> 29);

    public static ulong Of(ReadOnlySpan<char> letters)
    {
        var hash = Begin;
        foreach (var letter in letters)
        {
            hash = Add(hash, letter);
        }

        return hash;
    }

    /// <summary>The key of a finished hash in one of several families of keys.</summary>
    public static ulong Key(ulong hash, KeyFamily family)
    {
        hash += (ulong)family * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 31)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 29);
    }

    /// <summary>The key of a whole text, four letters at a time.</summary>
    public static ulong Key(ReadOnlySpan<char> text, KeyFamily family)
    {
        var hash = Begin + (ulong)text.Length;
        var fours = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var four in fours)
        {
            hash = (hash ^ four) * Factor;
            hash ^= hash >> 32;
        }

        foreach (var letter in text[(fours.Length * 4)..])
        {
            hash = Add(hash, letter);
        }

        return Key(hash, family);
    }
}
