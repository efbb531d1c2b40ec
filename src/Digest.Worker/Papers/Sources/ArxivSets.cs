namespace Digest.Worker.Papers.Sources;

/// <summary>How arXiv's categories are called as OAI sets: <c>cs:cs:AI</c>, <c>physics:hep-th</c>, <c>physics:astro-ph:GA</c>.</summary>
internal static class ArxivSets
{
    private static readonly HashSet<string> OwnGroup = new(StringComparer.Ordinal) { "cs", "econ", "eess", "math", "q-bio", "q-fin", "stat" };

    public static string Of(string category)
    {
        var parts = category.Split('.', 2);
        var group = OwnGroup.Contains(parts[0]) ? parts[0] : "physics";
        return parts switch
        {
            [var archive, var subject] => $"{group}:{archive}:{subject}",
            [var archive] when archive == group => group,
            [var archive] => $"{group}:{archive}",
            _ => category,
        };
    }
}
