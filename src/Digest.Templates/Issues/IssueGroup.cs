namespace Digest.Templates.Issues;

internal enum GroupKind
{
    /// <summary>Papers that fit one interest.</summary>
    Interest,

    /// <summary>The first papers of a trending issue.</summary>
    Trending,

    /// <summary>Papers that only fit a category: a compact list.</summary>
    Also,

    /// <summary>Papers without a reason, or those after the first of a trending issue: a compact list.</summary>
    Rest,
}

/// <summary>Papers under one heading, by their positions in the issue.</summary>
internal sealed record IssueGroup(GroupKind Kind, string Interest, IReadOnlyList<int> Papers)
{
    private const int TrendingCards = 20;

    public bool Compact => Kind is GroupKind.Also or GroupKind.Rest;

    /// <summary>
    /// Groups in the order of their best paper, papers in issue order within. What only fits a category comes last as a compact
    /// list, unless there is nothing else.
    /// </summary>
    public static List<IssueGroup> Of(IssueModel issue)
    {
        var papers = issue.Papers;
        var positions = Enumerable.Range(0, papers.Count);
        if (issue.Trending || papers.All(paper => paper.Reason is null))
            return Groups([(GroupKind.Trending, positions.Take(TrendingCards)), (GroupKind.Rest, positions.Skip(TrendingCards))]);
        var also = positions.Where(i => papers[i].Reason?.Field == "category").ToList();
        if (also.Count == papers.Count)
            also.Clear();
        var rest = positions.Where(i => papers[i].Reason is null or { Interest.Length: 0 }).ToList();
        var groups = positions.Except(also).Except(rest)
            .GroupBy(i => papers[i].Reason!.Interest)
            .Select(group => new IssueGroup(GroupKind.Interest, group.Key, [.. group]))
            .ToList();
        groups.AddRange(Groups([(GroupKind.Also, also), (GroupKind.Rest, rest.Except(also))]));
        return groups;
    }

    private static List<IssueGroup> Groups((GroupKind Kind, IEnumerable<int> Papers)[] kinds) =>
        [.. kinds.Select(kind => new IssueGroup(kind.Kind, "", [.. kind.Papers])).Where(group => group.Papers.Count > 0)];
}
