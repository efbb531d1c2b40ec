namespace Digest.Templates.Issues;

internal enum GroupKind
{
    /// <summary>Papers that fit one interest.</summary>
    Interest,

    /// <summary>The first papers of a trending issue.</summary>
    Trending,

    /// <summary>Papers that only fit a category, or are the rest of one: a compact list.</summary>
    Also,

    /// <summary>Those after the first of a trending issue: a compact list.</summary>
    Rest,
}

/// <summary>Papers under one heading, by their positions in the issue.</summary>
internal sealed record IssueGroup(GroupKind Kind, string Interest, IReadOnlyList<int> Papers)
{
    private const int TrendingCards = 20;

    /// <summary>The interest as a heading says it.</summary>
    public string Name { get; } = InterestName.Of(Interest);

    /// <summary>As templates and the keys of sentences have it.</summary>
    public string KindName => Kind switch
    {
        GroupKind.Interest => "interest",
        GroupKind.Trending => "trending",
        GroupKind.Also => "also",
        _ => "rest",
    };

    public bool Compact => Kind is GroupKind.Also or GroupKind.Rest;

    /// <summary>
    /// Groups in the order of their best paper, papers in issue order within. What only fits a category comes last as a compact
    /// list, unless there is nothing else; what is there because of its category alone is always in that list.
    /// </summary>
    public static List<IssueGroup> Of(IssueModel issue)
    {
        var papers = issue.Papers;
        if (issue.Trending || papers.All(paper => paper.Reason is null))
        {
            var positions = Enumerable.Range(0, papers.Count);
            return Groups([(GroupKind.Trending, positions.Take(TrendingCards)), (GroupKind.Rest, positions.Skip(TrendingCards))]);
        }

        var rest = Where(papers, static paper => paper.Reason is null or { Interest.Length: 0 });
        var also = Where(papers, static paper => paper.Reason is { Interest.Length: > 0, Field: "category" });
        if (also.Count + rest.Count == papers.Count)
            also.Clear();
        var groups = ByInterest(papers, also, rest);
        groups.AddRange(Groups([(GroupKind.Also, also.Concat(rest).Order())]));
        return groups;
    }

    private static List<IssueGroup> ByInterest(IReadOnlyList<IssuePaper> papers, List<int> also, List<int> rest)
    {
        var groups = new List<IssueGroup>();
        var lists = new List<List<int>>();
        for (var i = 0; i < papers.Count; i++)
        {
            if (also.Contains(i) || rest.Contains(i))
                continue;
            var interest = papers[i].Reason!.Interest;
            var at = groups.Count - 1;
            while (at >= 0 && groups[at].Interest != interest)
                at--;
            if (at < 0)
            {
                at = groups.Count;
                lists.Add([]);
                groups.Add(new IssueGroup(GroupKind.Interest, interest, lists[at]));
            }

            lists[at].Add(i);
        }

        return groups;
    }

    private static List<int> Where(IReadOnlyList<IssuePaper> papers, Predicate<IssuePaper> holds)
    {
        var positions = new List<int>();
        for (var i = 0; i < papers.Count; i++)
        {
            if (holds(papers[i]))
                positions.Add(i);
        }

        return positions;
    }

    private static List<IssueGroup> Groups((GroupKind Kind, IEnumerable<int> Papers)[] kinds) =>
        [.. kinds.Select(kind => new IssueGroup(kind.Kind, "", [.. kind.Papers])).Where(group => group.Papers.Count > 0)];
}
