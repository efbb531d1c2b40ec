namespace Digest.Worker.Subscribers;

/// <summary>Base 32 of RFC 4648 in lower case and without padding: it survives servers and people that change the case.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Write(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[(bytes.Length * 8 + 4) / 5];
        int held = 0, bits = 0, length = 0;
        foreach (var one in bytes)
        {
            held = held << 8 | one;
            for (bits += 8; bits >= 5; bits -= 5)
                text[length++] = Alphabet[held >> bits - 5 & 31];
        }
        if (bits > 0)
            text[length++] = Alphabet[held << 5 - bits & 31];
        return new string(text[..length]);
    }

    /// <summary>Reads either case. A text with another letter, or with bits left over that are not zero, is refused: one value has one spelling.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        int held = 0, bits = 0;
        length = 0;
        foreach (var letter in text)
        {
            var value = Value(letter);
            if (value < 0)
                return false;
            held = (held << 5 | value) & 0xFFFF;
            bits += 5;
            if (bits < 8)
                continue;
            if (length == bytes.Length)
                return false;
            bits -= 8;
            bytes[length++] = (byte)(held >> bits);
        }
        return bits < 5 && (held & (1 << bits) - 1) == 0;
    }

    private static int Value(char letter) => letter switch
    {
        >= 'a' and <= 'z' => letter - 'a',
        >= 'A' and <= 'Z' => letter - 'A',
        >= '2' and <= '7' => letter - '2' + 26,
        _ => -1,
    };
}
