using System.Text;

namespace Digest.Worker.Storage.Postgres;

/// <summary>Text as PostgreSQL can hold it: valid UTF-8 without U+0000 (https://www.postgresql.org/docs/15/datatype-character.html).</summary>
internal static class PostgresText
{
    /// <returns>The same string where nothing had to be replaced.</returns>
    public static string Fit(string text)
    {
        if (!text.Contains('\0') && (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 || IsPaired(text)))
            return text;
        var fit = new StringBuilder(text.Length);
        // EnumerateRunes gives U+FFFD for half a pair.
        foreach (var rune in text.EnumerateRunes())
            fit.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return fit.ToString();
    }

    /// <summary>A column's values; anything but text stays as it is.</summary>
    public static object Fit(Array values) => values is string?[] texts ? Array.ConvertAll(texts, one => one is null ? null : Fit(one)) : values;

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return false;
        return true;
    }
}
