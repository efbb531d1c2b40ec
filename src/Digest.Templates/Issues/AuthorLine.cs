namespace Digest.Templates.Issues;

/// <summary>Which authors are named: the first few, the followed ones wherever they stand, and how many are not named.</summary>
internal sealed record AuthorLine(IReadOnlyList<(string Name, bool Followed)> Named, int More)
{
    private const int LongestName = 60;

    public static AuthorLine Of(IssuePaper paper, int most)
    {
        var authors = paper.Authors;
        var followed = paper.FollowedAuthors.Where(i => i >= 0 && i < authors.Count).Take(5).ToHashSet();
        // "and 1 more" takes as much room as the name itself.
        if (authors.Count <= most + 1)
            most = authors.Count;
        var named = Enumerable.Range(0, authors.Count).Where(i => i < most || followed.Contains(i)).ToArray();
        return new AuthorLine([.. named.Select(i => (Cut(authors[i]), followed.Contains(i)))], authors.Count - named.Length);
    }

    private static string Cut(string name) => TextCut.At(name, LongestName);
}
