using System.Data.Common;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Alerts;

/// <summary>
/// Where every room tells that something is wrong, or is no longer. Both may be told as often as one likes: the operator hears of each
/// trouble once until it changes, by mail to <c>Alerts:To</c> and in the log. Never throws because of the database: an alarm that cannot be
/// written still stands in the log.
/// </summary>
internal sealed partial class Alarms(Database database, AlarmStore store, OutboxStore outbox, AlertsOptions options, TimeProvider time, ILogger<Alarms> log)
{
    /// <summary>A trouble that comes and goes, or changes its face, is not told more often than this.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, string> unwritten = [];

    /// <summary>Something is wrong.</summary>
    public async Task RaiseAsync(Alarm alarm, CancellationToken cancellationToken)
    {
        try
        {
            if (await database.WriteAsync(transaction => RaiseAsync(transaction, alarm, time.GetUtcNow()), cancellationToken))
                LogAlarm(alarm.Key, alarm.Sentence, alarm.Detail ?? "", alarm.Remedy);
            lock (unwritten)
                unwritten.Remove(alarm.Key);
        }
        catch (DbException e)
        {
            bool isNew;
            lock (unwritten)
                isNew = !unwritten.TryGetValue(alarm.Key, out var sentence) || sentence != alarm.Sentence;
            if (isNew)
                LogUnwritten(alarm.Key, alarm.Sentence, alarm.Remedy, e.Message);
            lock (unwritten)
                unwritten[alarm.Key] = alarm.Sentence;
        }
    }

    /// <summary>It is no longer wrong; nothing happens when it was not.</summary>
    public async Task ClearAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            // What stood in the log alone is over as well, even while the database does not answer: when it comes again it is told again.
            lock (unwritten)
                unwritten.Remove(key);
            if (await store.FindAsync(key, cancellationToken) is not { ClearedAt: null })
                return;
            if (await database.WriteAsync(transaction => ClearAsync(transaction, key, time.GetUtcNow()), cancellationToken) is { } over)
                LogOver(key, over.Sentence);
        }
        catch (DbException e)
        {
            LogUncleared(key, e.Message);
        }
    }

    /// <summary>Raises what is wrong, or clears the key where nothing is.</summary>
    public Task SetAsync(string key, Alarm? alarm, CancellationToken cancellationToken) =>
        alarm is null ? ClearAsync(key, cancellationToken) : RaiseAsync(alarm with { Key = key }, cancellationToken);

    /// <returns>True when it is told now.</returns>
    private async Task<bool> RaiseAsync(DbTransaction transaction, Alarm alarm, DateTimeOffset now)
    {
        var before = await store.FindAsync(transaction, alarm.Key);
        var stands = before is { ClearedAt: null };
        var since = stands ? before!.Since : now;
        var toldAt = stands && before!.Sentence == alarm.Sentence ? before.ToldAt : null;
        var tell = toldAt is null && now - since >= alarm.After && !(now - before?.LastToldAt < Quiet);
        if (tell)
            await MailAsync(transaction, $"on/{alarm.Key}", [alarm.Sentence, .. alarm.Detail is { Length: > 0 } detail ? [detail] : Array.Empty<string>(), $"What to do: {alarm.Remedy}"], now);
        await store.SaveAsync(transaction, new StandingAlarm
        {
            Key = alarm.Key,
            Sentence = alarm.Sentence,
            Remedy = alarm.Remedy,
            Detail = alarm.Detail,
            Since = since,
            ToldAt = tell ? now : toldAt,
            LastToldAt = tell ? now : before?.LastToldAt,
        });
        return tell;
    }

    /// <returns>What is told as over; null when nothing stood, or it was never told.</returns>
    private async Task<StandingAlarm?> ClearAsync(DbTransaction transaction, string key, DateTimeOffset now)
    {
        if (await store.FindAsync(transaction, key) is not { ClearedAt: null } alarm)
            return null;
        await store.SaveAsync(transaction, alarm with { ClearedAt = now });
        if (alarm.ToldAt is null)
            return null;
        await MailAsync(transaction, $"over/{key}", [$"Over: {alarm.Sentence}", $"It began on {alarm.Since:yyyy-MM-dd HH:mm} UTC and ended on {now:yyyy-MM-dd HH:mm} UTC. Nothing is left to do."], now);
        return alarm;
    }

    private async Task MailAsync(DbTransaction transaction, string occasion, IReadOnlyList<string> lines, DateTimeOffset now)
    {
        foreach (var recipient in options.Recipients)
            await outbox.AddAsync(transaction, new OutboxMail
            {
                Key = $"alarm/{occasion}/{now.ToUnixTimeMilliseconds()}/{recipient}",
                Kind = MailKind.Alarm,
                Recipient = recipient,
                Payload = new LetterPayload { Lines = lines }.ToJson(),
                CreatedAt = now,
            });
    }

    [LoggerMessage(6001, LogLevel.Error, "ALARM {Key}: {Sentence} {Detail} What to do: {Remedy}")]
    private partial void LogAlarm(string key, string sentence, string detail, string remedy);

    [LoggerMessage(6002, LogLevel.Information, "Over {Key}: {Sentence}")]
    private partial void LogOver(string key, string sentence);

    [LoggerMessage(6003, LogLevel.Error, "ALARM {Key}: {Sentence} What to do: {Remedy} (It cannot be mailed, because the database cannot be written: {Why})")]
    private partial void LogUnwritten(string key, string sentence, string remedy, string why);

    [LoggerMessage(6004, LogLevel.Warning, "The end of the alarm {Key} cannot be written: {Why}")]
    private partial void LogUncleared(string key, string why);
}
