using System.Globalization;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Bench.Matching;

/// <summary>
/// <c>days [PROFILE...]</c>: the real profiles over five real days: how many hits a day they get and what a day costs. With names of
/// profiles, also what each of them would read, and why.
/// </summary>
internal static class DaysBench
{
    private const int Cap = 8;
    private static readonly int[] Percentiles = [0, 10, 25, 50, 75, 90, 100];

    public static int Run(string[] names)
    {
        if (!File.Exists(SharedData.Path("profiles.jsonl")))
        {
            Console.WriteLine("no real profiles beside the repository: nothing measured");
            return 0;
        }

        var profiles = RealProfiles.All();
        var index = new ProfileIndex();
        for (var i = 0; i < profiles.Count; i++)
        {
            index.Add(i, profiles[i].Profile);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{profiles.Count} profiles, {profiles.Sum(one => one.Profile.Interests.Count):N0} interests, {profiles.Sum(one => one.Profile.Problems.Count):N0} problems; papers that fit a profile on a day, by percentile of the profiles:"));
        Console.WriteLine($"  {"day",-12}{"papers",8}{string.Concat(Percentiles.Select(percent => $"{percent + " %",8}"))}{"none",8}{"read",8}{"count",8}{"run",8}{"explain",8}  (ms of CPU)");
        foreach (var (day, papers) in RealWeek.Days())
        {
            var (read, readings) = Time(() => papers.ConvertAll(paper => new PaperReading(paper)));
            var (count, corpus) = Time(() => Corpus.Of(readings));
            var (run, found) = Time(() => index.Run(papers, _ => Cap, null, corpus).ToDictionary(one => one.Key));
            var (explain, _) = Time(() => found.Values.Sum(one => one.Explain(profiles[(int)one.Key].Profile, Cap).Count));
            var hits = Enumerable.Range(0, profiles.Count).Select(i => found.TryGetValue(i, out var one) ? one.Matched : 0).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {day,-12}{papers.Count,8}{string.Concat(Percentiles.Select(percent => $"{hits[percent * (hits.Count - 1) / 100],8}"))}{hits.Count(one => one == 0),8}{read,8:F0}{count,8:F0}{run,8:F0}{explain,8:F0}"));
            foreach (var i in Enumerable.Range(0, profiles.Count).Where(i => names.Contains(profiles[i].Name)))
            {
                Show(profiles[i].Name, found.GetValueOrDefault(i), profiles[i].Profile);
            }
        }

        return 0;
    }

    private static void Show(string name, Found? found, Profile profile)
    {
        Console.WriteLine($"    {name}: {found?.Matched ?? 0} fit");
        foreach (var match in found?.Explain(profile, Cap) ?? [])
        {
            var parts = string.Join(' ', match.Reason.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value:F1}")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      {match.Score,6:F1} {Short(match.Paper.Title, 90),-90} <- {Short(match.Reason.Interest, 60)} ({match.Reason.Field}: {parts})"));
        }
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static (double Milliseconds, T Value) Time<T>(Func<T> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var value = work();
        return ((Environment.CpuUsage.TotalTime - before).TotalMilliseconds, value);
    }
}
