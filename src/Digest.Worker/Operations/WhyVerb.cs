using System.CommandLine;
using System.Globalization;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Retention.Story;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>why EMAIL [--day DAY]</c>: of each day whether a mail came, and why none did.</summary>
internal static class WhyVerb
{
    private const int Usual = 14;
    private const int Most = 400;

    public static Command Create(VerbContext context)
    {
        var email = new Argument<string>("email") { Description = "The subscriber's address." };
        var day = new Option<DateOnly?>("--day") { Description = "Only this day, in the reader's own zone, and all that happened on it.", HelpName = "DAY" };
        var command = new Command("why", "Why somebody got a mail on a day, or none: their last fourteen days, or one day and all that happened on it.") { email, day };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, (services, token) => TellAsync(services, parsed.GetRequiredValue(email), parsed.GetValue(day), token), cancellationToken));
        return command;
    }

    private static async Task<int> TellAsync(IServiceProvider services, string email, DateOnly? day, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<SubscriberStore>().FindByAddressAsync(email, cancellationToken) is not { } subscriber)
        {
            await Console.Error.WriteLineAsync($"There is no subscriber {email}: 'subscriber list' shows them.");
            return ExitCode.Failed;
        }
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(services.GetRequiredService<TimeProvider>().GetUtcNow(), subscriber.Zone).DateTime);
        var days = day is { } asked ? today.DayNumber - asked.DayNumber + 1 : Usual;
        if (days is < 1 or > Most)
        {
            await Console.Error.WriteLineAsync($"Ask for a day from {today.AddDays(1 - Most):yyyy-MM-dd} to {today:yyyy-MM-dd}.");
            return ExitCode.Usage;
        }
        var waits = (await services.GetRequiredService<BatchReading>().VerdictAsync(cancellationToken)).Waits;
        var story = await services.GetRequiredService<SubscriberStory>().TellAsync(subscriber, days, waits, cancellationToken);
        if (story.Suppression is { } reason)
            Console.WriteLine($"The address is suppressed ({reason}) and is not written to.");
        foreach (var (from, to, verdict) in day is { } one ? [(one, one, story.Days.Single(told => told.Day == one).Verdict)] : story.Spans())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(from == to ? "" : $"{Named(from)} to "),18}{Named(to)}  {Plain(verdict)}"));
        foreach (var happened in story.Events.Where(one => day is not null && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(one.At, subscriber.Zone).DateTime) == day).Reverse())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {TimeZoneInfo.ConvertTime(happened.At, subscriber.Zone):HH:mm:ss}  {happened.What,-24} {Plain(happened.Detail)}"));
        return ExitCode.Ok;
    }

    private static string Named(DateOnly day) => day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A server's words are somebody else's: nothing in them may move the terminal's cursor.
    private static string Plain(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
