namespace Digest.Worker.Delivery;

/// <summary>Finds the enhanced status code (RFC 2034: <c>class.subject.detail</c>) at the beginning of a server's words.</summary>
internal static class EnhancedCode
{
    /// <returns>Null where there is none, or where its class is not that of the reply code.</returns>
    public static string? Find(int code, string text)
    {
        var words = text.AsSpan().TrimStart(" \t#(<[-");
        var end = 0;
        while (end < words.Length && (char.IsAsciiDigit(words[end]) || words[end] == '.'))
            end++;
        var candidate = words[..end].TrimEnd('.');
        Span<Range> parts = stackalloc Range[4];
        if (candidate.Split(parts, '.') != 3 || candidate[parts[0]] is not ("2" or "4" or "5") || candidate[0] - '0' != code / 100)
            return null;
        return candidate[parts[1]].Length is >= 1 and <= 3 && candidate[parts[2]].Length is >= 1 and <= 3 ? candidate.ToString() : null;
    }
}
