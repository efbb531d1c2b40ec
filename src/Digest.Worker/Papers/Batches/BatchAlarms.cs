using System.Globalization;
using Digest.Worker.Alerts;

namespace Digest.Worker.Papers.Batches;

/// <summary>Tells the operator of a source that is late beyond its deadline, once until it changes, and when that is over.</summary>
internal sealed class BatchAlarms(BatchStore store, ArxivCalendar calendar, Alarms alarms, PapersOptions options, TimeProvider time)
{
    public async Task TellAsync(SourceOptions source, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = (await store.SinceAsync(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-BatchBook.DaysBack), cancellationToken))
            .Where(batch => batch.Source == source.Name && !BatchStates.IsSettled(batch.State) && now >= Deadline(source, batch)).ToList();
        await alarms.SetAsync($"source/{source.Name}", late.Count == 0 ? null : Alarm(source, late), cancellationToken);
    }

    private DateTimeOffset Deadline(SourceOptions source, Batch batch) =>
        (source.HasCalendar ? calendar.ExpectedAt(batch.Day) : batch.FailedSince ?? new DateTimeOffset(batch.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)) + options.Deadline;

    private static Alarm Alarm(SourceOptions source, IReadOnlyList<Batch> late)
    {
        var days = string.Join(", ", late.Select(batch => $"{batch.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} ({BatchStates.ToText(batch.State)})"));
        return new Alarm($"source/{source.Name}", $"The source {source.Name} is late beyond its deadline: {days}.",
            "Look at papers status. A missed day is filled by itself once the provider answers; an address or a query that has changed must be set anew.")
        {
            Detail = late[^1].Detail,
        };
    }
}
