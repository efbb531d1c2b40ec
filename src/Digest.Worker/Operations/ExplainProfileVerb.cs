using System.CommandLine;
using Digest.Worker.Issues;
using Digest.Worker.Matching;

namespace Digest.Worker.Operations;

/// <summary>
/// <c>explain-profile --profile FILE [--days 30] [--json]</c>: what a profile would have brought in the last days, line by line, from the
/// papers that are stored.
/// </summary>
internal static class ExplainProfileVerb
{
    private const int Best = 5;

    public static Command Create(VerbContext context)
    {
        var profile = new Option<FileInfo>("--profile") { Description = "The profile: one interest a line.", Required = true, HelpName = "FILE" };
        var days = new Option<int>("--days") { Description = "How many days back, 1 to 400.", HelpName = "N", DefaultValueFactory = _ => BackTests.Days };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of sentences." };
        var command = new Command("explain-profile", "Show what a profile would have brought in the last days: hits a day, the best papers, lines that are silent or too wide, words that go with it.") { profile, days, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var interests = Profile.Parse(File.ReadAllText(parsed.GetRequiredValue(profile).FullName));
            return context.RunAsync(parsed, (services, token) => RunAsync(services, interests, Math.Clamp(parsed.GetValue(days), 1, 400), parsed.GetValue(json), token), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, Profile profile, int days, bool json, CancellationToken cancellationToken)
    {
        foreach (var problem in profile.Problems)
            await Console.Error.WriteLineAsync($"line {problem.Line}, column {problem.Column}: {problem.Text}");
        if (profile.Interests.Count == 0)
        {
            await Console.Error.WriteLineAsync("The profile names no interest: its reader gets what others vote for.");
            return ExitCode.Ok;
        }
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        if (await services.GetRequiredService<BackTests>().RunAsync([profile], today, days, votes: true, int.MaxValue, cancellationToken) is not [var test])
        {
            await Console.Error.WriteLineAsync("No papers are stored yet: 'once' fetches them.");
            return ExitCode.Failed;
        }
        var report = test.Report(Best);
        Console.Write(json ? ProfileReport.Json(report, days) + "\n" : ProfileReport.Text(report, days, profile.PerDay));
        return ExitCode.Ok;
    }
}
