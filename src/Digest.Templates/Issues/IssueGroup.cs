namespace Digest.Templates.Issues;

/// <summary>Papers under one heading, by their positions in the issue.</summary>
/// <param name="Interest">The interest they fit; null for a trending issue's one group, empty for "also in your categories".</param>
internal sealed record IssueGroup(string? Interest, IReadOnlyList<int> Papers)
{
    public bool Also => Interest is { Length: 0 };

    /// <summary>
    /// Groups in the order of their best paper, papers in issue order within; what only fits a category comes last as a compact
    /// list, unless there is nothing else.
    /// </summary>
    public static List<IssueGroup> Of(IReadOnlyList<IssuePaper> papers)
    {
        var positions = Enumerable.Range(0, papers.Count);
        var also = positions.Where(i => papers[i].Reason?.Field == "category").ToArray();
        if (also.Length == papers.Count)
            also = [];
        var groups = positions.Except(also)
            .GroupBy(i => papers[i].Reason is { Interest.Length: > 0 } reason ? reason.Interest : null)
            .Select(group => new IssueGroup(group.Key, [.. group]))
            .ToList();
        if (also.Length > 0)
            groups.Add(new IssueGroup("", also));
        return groups;
    }
}
