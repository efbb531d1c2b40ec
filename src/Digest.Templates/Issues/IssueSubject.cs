using Digest.Templates.Languages;
using Digest.Templates.Output;

namespace Digest.Templates.Issues;

/// <summary>The subject says the day's content: the name first (for filters), how many papers, what the best are about, the day.</summary>
internal static class IssueSubject
{
    private const int LongestTopic = 40;
    private const int LongestTopics = 60;
    private const int LongestPreheader = 180;
    private const int LongestTitle = 80;

    public static string Of(IssueModel issue, IReadOnlyList<IssueGroup> groups, Language language)
    {
        var papers = issue.Papers.Count;
        var count = papers == 0 ? language.Plain("issue.none")
            : language.Plain(issue.Trending ? "issue.trending" : "issue.papers", papers);
        var parts = new List<string> { $"{issue.SiteName}: {count}", Topics(issue, groups, language), language.ShortDate(issue.Date) };
        parts.RemoveAll(part => part.Length == 0);
        return CleanText.Of(string.Join(" · ", parts)).Trim();
    }

    /// <summary>What a mail list shows after the subject: the first titles, without the one that the subject quotes already.</summary>
    public static string Preheader(IssueModel issue, IReadOnlyList<IssueGroup> groups)
    {
        var quoted = issue.Papers.Count > 1 && groups.All(group => group.Kind != GroupKind.Interest) ? 1 : 0;
        return TextCut.At(string.Join(" · ", issue.Papers.Skip(quoted).Take(4).Select(paper => TextCut.At(paper.Title, LongestTitle))), LongestPreheader);
    }

    private static string Topics(IssueModel issue, IReadOnlyList<IssueGroup> groups, Language language)
    {
        var interests = groups.Where(group => group.Kind == GroupKind.Interest).Select(group => group.Name).Take(2).ToArray();
        if (interests.Length == 0)
            return issue.Papers.Count == 0 ? "" : language.Plain("paper.quote", TextCut.At(issue.Papers[0].Title, LongestTopics));
        var topics = TextCut.At(interests[0], LongestTopic);
        return interests.Length > 1 && topics.Length + interests[1].Length < LongestTopics ? $"{topics}, {interests[1]}" : topics;
    }
}
