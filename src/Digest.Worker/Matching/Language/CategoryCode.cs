using System.Collections.Frozen;

namespace Digest.Worker.Matching.Language;

/// <summary>Codes of categories: arXiv's (<c>cs.LG</c>, <c>hep-ex</c>, <c>cs.*</c>) or any other source's single word.</summary>
internal static class CategoryCode
{
    private static readonly FrozenSet<string> Archives =
        ("astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics q-bio q-fin quant-ph stat")
        .Split(' ').ToFrozenSet();

    /// <summary>Lower case; null where the text cannot be a code.</summary>
    public static string? Of(string text)
    {
        var code = text.ToLowerInvariant();
        var star = code.IndexOf('*', StringComparison.Ordinal);
        var letters = code.AsSpan().TrimEnd('*');
        foreach (var c in letters)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_' or '/' or '&' or ' '))
            {
                return null;
            }
        }

        return letters.Length == 0 || (star >= 0 && star != code.Length - 1) ? null : code;
    }

    /// <summary>A line or operand that is nothing but an arXiv code with a dot ("cs.LG") means the category; null otherwise.</summary>
    public static string? Alone(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !Archives.Contains(text[..dot].ToLowerInvariant()))
        {
            return null;
        }

        var subject = text[(dot + 1)..];
        var isSubject = subject == "*" || (subject.Length == 2 && subject.All(char.IsAsciiLetter))
            || (subject.Contains('-', StringComparison.Ordinal) && subject.All(c => char.IsAsciiLetter(c) || c == '-'));
        return isSubject ? text.ToLowerInvariant() : null;
    }

    /// <summary>Whether it is one of arXiv's archives, in lower case.</summary>
    public static bool IsArchive(string code) => Archives.Contains(code);

    public static bool Covers(string code, string category) => code[^1] == '*'
        ? category.AsSpan().StartsWith(code.AsSpan(0, code.Length - 1), StringComparison.OrdinalIgnoreCase)
        : category.Equals(code, StringComparison.OrdinalIgnoreCase)
            || (category.Length > code.Length && category[code.Length] == '.' && category.StartsWith(code, StringComparison.OrdinalIgnoreCase));
}
