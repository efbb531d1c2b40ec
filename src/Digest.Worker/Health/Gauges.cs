using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Health;

/// <summary>The figures of <c>/metrics</c> that are read when they are asked for, at most once in <see cref="Holds"/>.</summary>
internal sealed class Gauges : IDisposable
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);

    private readonly Meter meter = new("Digest");
    private readonly MeasureStore store;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private Measures? last;

    public Gauges(MeasureStore store, StorageOptions storage, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        meter.CreateObservableGauge("digest_outbox_mails", () => Unsettled.Select(state => With(Read()?.Outbox.FirstOrDefault(figure => figure.Name == state)?.Value ?? 0, "state", state)), description: "Mails that are not settled, by state.");
        meter.CreateObservableGauge("digest_outbox_oldest_seconds", () => Age(Read()?.OldestDue), description: "How long the mail waits that is due the longest.");
        meter.CreateObservableGauge("digest_subscribers", () => Read()?.Subscribers.Select(figure => With(figure.Value, "state", figure.Name)) ?? [], description: "Subscribers by state.");
        meter.CreateObservableGauge("digest_source_age_seconds", () => Read()?.Sources.Select(source => With((time.GetUtcNow() - source.At).TotalSeconds, "source", source.Name)) ?? [], description: "Seconds since a source answered last in full.");
        meter.CreateObservableGauge("digest_alarm", () => Read()?.Alarms.Select(key => With(1, "key", key)) ?? [], description: "Alarms that stand.");
        meter.CreateObservableGauge("digest_returned_mails", () => Read()?.Returned.Select(figure => new Measurement<double>(figure.Value, new("domain", figure.Domain), new("kind", figure.Kind))) ?? [],
            description: "Bounces and complaints of seven days, of the domains with the most.");
        meter.CreateObservableGauge("digest_batch_to_last_mail_seconds", BatchToLastMail, description: "From the moment when the last batch was whole to the last mail that followed it.");
        meter.CreateObservableGauge("digest_disk_free_bytes", () => Free(storage), description: "Room on the volume of the data folder.");
    }

    private static IReadOnlyList<string> Unsettled { get; } = [.. new[] { OutboxState.Queued, OutboxState.Claimed, OutboxState.InDoubt, OutboxState.Deferred }.Select(OutboxStates.ToText)];

    public void Dispose() => meter.Dispose();

    /// <returns>Null while the database cannot be read: no figure is better than an old one.</returns>
    private Measures? Read()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (last is { } known && now - known.At < Holds && now >= known.At)
                return known;
            try
            {
                // Instruments are asked synchronously, and SQLite answers so.
                return last = store.ReadAsync(now, CancellationToken.None).GetAwaiter().GetResult();
            }
            catch (DbException)
            {
                return last = null;
            }
        }
    }

    private IEnumerable<Measurement<double>> Age(string? since) =>
        last is null ? [] : [new Measurement<double>(since is null ? 0 : (time.GetUtcNow() - Parse(since)).TotalSeconds)];

    private IEnumerable<Measurement<double>> BatchToLastMail() =>
        Read() is { BatchWhole: { } whole, LastMail: { } mail } ? [new Measurement<double>((Parse(mail) - Parse(whole)).TotalSeconds)] : [];

    private static IEnumerable<Measurement<double>> Free(StorageOptions storage)
    {
        try
        {
            return [new Measurement<double>(new DriveInfo(Path.GetFullPath(storage.DataFolder)).AvailableFreeSpace)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static Measurement<double> With(double value, string label, string name) => new(value, new KeyValuePair<string, object?>(label, name));

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
