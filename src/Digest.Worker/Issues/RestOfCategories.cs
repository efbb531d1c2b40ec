using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>"Rest of cs.LG": what an issue's hits leave over of the day's papers in a category, as a list of titles below them.</summary>
internal static class RestOfCategories
{
    private const int Most = 50;

    /// <summary>Adds the list, what others vote for first; what the profile excludes stays out. It belongs to its day: nothing of it waits.</summary>
    /// <param name="isNew">Whether a paper is of this issue's days and may be offered.</param>
    public static Picked AddTo(Picked picked, Profile profile, Trending trending, Func<Paper, bool> isNew)
    {
        var taken = picked.Best.Select(match => match.Paper.Id).Concat(picked.Others).ToHashSet();
        List<Match> rest = [.. trending.For(profile).Where(match => !taken.Contains(match.Paper.Id) && isNew(match.Paper)
            && match.Paper.Categories.Any(category => profile.Rest.Any(code => CategoryCode.Covers(code, category)))).Take(Most)
            .Select(match => match with { Score = 0, Reason = new Reason("", Explanation.Category, [], new Dictionary<string, double>()) })];
        return picked with { Best = [.. picked.Best, .. rest], Matched = picked.Matched + rest.Count };
    }

    /// <summary>Whether a paper of an issue stands there as a part of such a list.</summary>
    public static bool Holds(Match match) => match.Reason is { Interest.Length: 0, Field: Explanation.Category };
}
