using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Digest.Templates.Cards;

/// <summary>
/// 128 bits that stand for a content. Keyed anew in each process: nobody can make two papers that collide here, and by chance two
/// of a billion do so once in 10^20 days. It spares a comparison with the kept text, which has long left the processor's caches.
/// </summary>
internal struct Fingerprint
{
    // Numbers of their own, not an array: the compiler takes them for constants.
    private static readonly ulong Key0 = NewKey();
    private static readonly ulong Key1 = NewKey();
    private static readonly ulong Key2 = NewKey();
    private static readonly ulong Key3 = NewKey();
    private static readonly ulong Key4 = NewKey();
    private static readonly ulong Key5 = NewKey();

    // Four lanes that do not wait for one another.
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public readonly UInt128 Value => new(Mix(_a ^ Key4, _b ^ Key5) ^ Mix(_c ^ Key2, _d ^ Key3), Mix(_a ^ Key2, _c ^ Key4) ^ Mix(_b ^ Key3, _d ^ Key5));

    public void Add(long first, long second = 0, long third = 0, long fourth = 0)
    {
        _a = Mix(_a ^ Key4 ^ (ulong)first, Key0);
        _b = Mix(_b ^ Key4 ^ (ulong)second, Key1);
        _c = Mix(_c ^ Key4 ^ (ulong)third, Key2);
        _d = Mix(_d ^ Key4 ^ (ulong)fourth, Key3);
    }

    /// <summary>Null is not the same as empty; two texts are not the same as one of both.</summary>
    public void Add(string? text)
    {
        var (a, b, c, d) = (_a, _b, _c, _d);
        var words = MemoryMarshal.Cast<char, ulong>(text.AsSpan());
        while (words.Length >= 8)
        {
            a = Mix(a ^ (words[0] ^ Key4), words[1] ^ Key0);
            b = Mix(b ^ (words[2] ^ Key4), words[3] ^ Key1);
            c = Mix(c ^ (words[4] ^ Key4), words[5] ^ Key2);
            d = Mix(d ^ (words[6] ^ Key4), words[7] ^ Key3);
            words = words[8..];
        }

        // The last block is never full: its last two octets tell how much of it counts, and that the text ends here.
        var length = text?.Length ?? -1;
        Span<ulong> last = stackalloc ulong[8];
        last.Clear();
        MemoryMarshal.AsBytes(text.AsSpan())[^(Math.Max(length, 0) * 2 % 64)..].CopyTo(MemoryMarshal.AsBytes(last));
        MemoryMarshal.Cast<ulong, char>(last)[^1] = (char)length;
        _a = Mix(a ^ (last[0] ^ Key4), last[1] ^ Key0);
        _b = Mix(b ^ (last[2] ^ Key4), last[3] ^ Key1);
        _c = Mix(c ^ (last[4] ^ Key4), last[5] ^ Key2);
        _d = Mix(d ^ (last[6] ^ Key4), last[7] ^ Key3);
    }

    public void Add(IReadOnlyList<string> texts)
    {
        Add(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            Add(texts[i]);
    }

    private static ulong NewKey() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    // Neither factor is ever zero but by chance: each has a key in it.
    private static ulong Mix(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;
}
