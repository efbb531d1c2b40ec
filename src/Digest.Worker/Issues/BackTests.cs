using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>What profiles would have brought in the days before, from the stored papers. Some hundred are read at a time, once for all profiles.</summary>
internal sealed class BackTests(PaperListStore papers)
{
    /// <summary>How many days a reader is told about.</summary>
    public const int Days = 30;

    private const int AtOnce = 500;

    /// <param name="upTo">The last day; where there is no paper of it, the last day before that has one.</param>
    /// <param name="days">How many days of the calendar, 1 to 400.</param>
    /// <param name="votes">False leaves votes out: then the same question has the same answer tomorrow.</param>
    /// <param name="most">About how many papers are read at most; of more than those a share is read, and each of it counts for as many as it stands for.</param>
    /// <returns>One a profile, in their order; empty where there are no papers up to that day.</returns>
    public async Task<IReadOnlyList<BackTest>> RunAsync(IReadOnlyList<Profile> profiles, DateOnly upTo, int days, bool votes, int most, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0 || await papers.LastDayAsync(upTo, cancellationToken) is not { } last)
            return [];
        List<BackTest> tests = [.. profiles.Select(profile => new BackTest(profile))];
        var oneOf = (int)(1 + ((await papers.CountAsync(last.AddDays(1 - days), last, null, cancellationToken) - 1) / most));
        for (var day = last.AddDays(1 - days); day <= last; day = day.AddDays(1))
            for (var after = 0L; await papers.OfDayAsync(day, after, oneOf, AtOnce, cancellationToken) is { Count: > 0 } found; after = found[^1].Id)
                foreach (var test in tests)
                    test.Add(day, votes ? found : [.. found.Select(paper => paper with { Upvotes = null })], oneOf);
        return tests;
    }
}
