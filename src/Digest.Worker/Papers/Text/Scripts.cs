using System.Collections.Frozen;

namespace Digest.Worker.Papers.Text;

/// <summary>Raised and lowered characters, where Unicode has all of them; else <c>^</c> or <c>_</c> and what stood there.</summary>
internal static class Scripts
{
    public static string Raise(string content) => Map(content, Tables.Raised)?.Replace("′′", "″", StringComparison.Ordinal) ?? Plain('^', content);

    public static string Lower(string content) => Map(content, Tables.Lowered) ?? Plain('_', content);

    /// <summary>The script in Unicode characters alone; null if one of them is missing.</summary>
    public static string? TryRaise(string content) => Map(content, Tables.Raised);

    /// <inheritdoc cref="TryRaise"/>
    public static string? TryLower(string content) => Map(content, Tables.Lowered);

    private static string? Map(string content, FrozenDictionary<char, char> forms)
    {
        Span<char> mapped = content.Length <= 64 ? stackalloc char[content.Length] : new char[content.Length];
        for (var i = 0; i < content.Length; i++)
            if (!forms.TryGetValue(content[i], out mapped[i]))
                return null;
        return new string(mapped);
    }

    // 0.5, -2.25: a full stop between digits.
    private static bool IsNumber(string content) =>
        char.IsAsciiDigit(content[^1]) && content.AsSpan(content[0] == '-' ? 1 : 0).TrimEnd("0123456789.").IsEmpty;

    private static string Plain(char sign, string content)
    {
        if (content.Length == 0)
            return "";
        var bracketed = (content[0] == '(' && content.IndexOf(')') == content.Length - 1) || (content[0] == '[' && content.IndexOf(']') == content.Length - 1);
        var simple = content.Length == 1 || bracketed || content.All(char.IsLetterOrDigit) || IsNumber(content);
        return simple ? sign + content : $"{sign}({content})";
    }
}
