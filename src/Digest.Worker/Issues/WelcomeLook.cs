using Digest.Templates;
using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>What new readers' profiles would have brought in the days before they came, for their welcome.</summary>
internal sealed class WelcomeLook(BackTests tests)
{
    private const int Best = 5;

    /// <summary>Looks back without what changes afterwards (votes): asked again, the answer is the same.</summary>
    /// <param name="profiles">As their readers wrote them.</param>
    /// <param name="lastDay">A day that is over.</param>
    /// <returns>One each; null where there is nothing to tell: no interests, or no papers of the last days.</returns>
    public async Task<IReadOnlyList<LetterBackTest?>> LookBackAsync(IReadOnlyList<string> profiles, DateOnly lastDay, CancellationToken cancellationToken)
    {
        var read = profiles.Select(Profile.Parse).ToList();
        var asked = read.FindAll(profile => profile.Interests.Any(interest => !interest.Excludes));
        var looks = (await tests.RunAsync(asked, lastDay, BackTests.Days, votes: false, int.MaxValue, cancellationToken)).Zip(asked).ToDictionary(one => one.Second, one => Tell(one.First.Report(Best), lastDay));
        return [.. read.Select(looks.GetValueOrDefault)];
    }

    /// <summary>A young installation has not so many days, and one that was off for long has none that would tell anything.</summary>
    private static LetterBackTest? Tell(Matching.BackTesting.BackTestReport report, DateOnly lastDay) =>
        report.Days is [var first, ..] && lastDay.DayNumber - first.Day.DayNumber < BackTests.Days
            ? new LetterBackTest(lastDay.DayNumber - first.Day.DayNumber + 1, report.Matched, [.. report.Best.Select(IssueRendering.Show)])
            : null;
}
