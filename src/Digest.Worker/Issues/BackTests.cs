using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>What profiles would have brought in the days before, from the stored papers. A day is read at a time, once for all profiles.</summary>
internal sealed class BackTests(PaperListStore papers)
{
    /// <summary>How many days a reader is told about.</summary>
    public const int Days = 30;

    /// <param name="upTo">The last day; where there is no paper of it, the last day before that has one.</param>
    /// <param name="days">How many days of the calendar, 1 to 400.</param>
    /// <param name="votes">False leaves votes out: then the same question has the same answer tomorrow.</param>
    /// <returns>One a profile, in their order; empty where there are no papers up to that day.</returns>
    public async Task<IReadOnlyList<BackTest>> RunAsync(IReadOnlyList<Profile> profiles, DateOnly upTo, int days, bool votes, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0 || await papers.LastDayAsync(upTo, cancellationToken) is not { } last)
            return [];
        List<BackTest> tests = [.. profiles.Select(profile => new BackTest(profile))];
        for (var day = last.AddDays(1 - days); day <= last; day = day.AddDays(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = await papers.PageAsync(day, day, null, newest: true, 0, int.MaxValue, cancellationToken);
            if (found.Count == 0)
                continue;
            foreach (var test in tests)
                test.Add(day, votes ? found : [.. found.Select(paper => paper with { Upvotes = null })]);
        }
        return tests;
    }
}
