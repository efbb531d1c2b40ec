using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Digest.Templates.Cards;

/// <summary>
/// 128 bits that stand for a content. Keyed anew in each process: nobody can make two papers that collide here, and by chance two
/// of a billion do so once in 10^20 days. It spares a comparison with the kept text, which has long left the processor's caches.
/// </summary>
internal struct Fingerprint
{
    private static readonly ulong[] Keys = MemoryMarshal.Cast<byte, ulong>(RandomNumberGenerator.GetBytes(64)).ToArray();

    // Four lanes that do not wait for one another.
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public readonly UInt128 Value => new(
        Mix(_a ^ Keys[4], _b ^ Keys[5]) ^ Mix(_c ^ Keys[6], _d ^ Keys[7]),
        Mix(_a ^ Keys[6], _c ^ Keys[4]) ^ Mix(_b ^ Keys[7], _d ^ Keys[5]));

    public void Add(long number) => Add((ulong)number, (ulong)number, 0, 0, 0, 0, 0, 0);

    /// <summary>Null is not the same as empty; two texts are not the same as one of both.</summary>
    public void Add(string? text)
    {
        Add(text?.Length ?? -1);
        var words = MemoryMarshal.Cast<char, ulong>(text.AsSpan());
        while (words.Length >= 8)
        {
            Add(words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
            words = words[8..];
        }

        var rest = MemoryMarshal.AsBytes(text.AsSpan())[^((text?.Length ?? 0) * 2 % 64)..];
        if (rest.IsEmpty)
            return;
        Span<ulong> last = stackalloc ulong[8];
        last.Clear();
        rest.CopyTo(MemoryMarshal.AsBytes(last));
        Add(last[0], last[1], last[2], last[3], last[4], last[5], last[6], last[7]);
    }

    public void Add(IReadOnlyList<string> texts)
    {
        Add(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            Add(texts[i]);
    }

    private void Add(ulong a, ulong b, ulong c, ulong d, ulong e, ulong f, ulong g, ulong h)
    {
        _a = Mix(_a ^ a, b ^ Keys[0]);
        _b = Mix(_b ^ c, d ^ Keys[1]);
        _c = Mix(_c ^ e, f ^ Keys[2]);
        _d = Mix(_d ^ g, h ^ Keys[3]);
    }

    private static ulong Mix(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;
}
