namespace Digest.Worker.Matching.Language;

/// <summary>A line that is no interest but asks for all else of a category as a short list: <c>rest of cs.LG</c>, <c>the rest of cat:math.* and stat.ML</c>.</summary>
internal static class RestLine
{
    private const int Longest = 120;

    /// <param name="categories">Lower case, as <see cref="CategoryCode.Covers"/> wants them.</param>
    public static bool TryRead(ReadOnlySpan<char> line, out IReadOnlyList<string> categories)
    {
        categories = [];
        if (line.Length > Longest || (!Begins(line, "rest of ") && !Begins(line, "the rest of ")))
        {
            return false;
        }

        var words = line.ToString().ToLowerInvariant().TrimEnd('.').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        List<string?> codes = [.. words.Skip(words[0] == "the" ? 3 : 2).Where(word => word is not ("and" or "or")).Select(Code)];
        // "Rest of the world" is a wish for papers.
        if (codes.Count == 0 || codes.Contains(null))
        {
            return false;
        }

        categories = codes!;
        return true;
    }

    /// <summary>arXiv's codes by themselves, any other source's word behind <c>cat:</c>; null for what is none.</summary>
    private static string? Code(string word) =>
        word.StartsWith("cat:", StringComparison.Ordinal) ? CategoryCode.Of(word[4..]) : CategoryCode.Alone(word) ?? (CategoryCode.IsArchive(word) ? word : null);

    private static bool Begins(ReadOnlySpan<char> line, string words) => line.StartsWith(words, StringComparison.OrdinalIgnoreCase);
}
