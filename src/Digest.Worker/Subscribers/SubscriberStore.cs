using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Workers;

namespace Digest.Worker.Subscribers;

/// <summary>The table of subscribers.</summary>
internal sealed class SubscriberStore(Database database)
{
    private const string Columns = SubscriberRows.Columns;

    private const string Due = "from subscriber where state in ('active', 'paused') and (state = 'active' or paused_until <= @now) and next_due_at <= @now and (next_due_at, id) > (@Slot, @Id)";

    private const string Advancing =
        """
        watermark = given.watermark, next_due_at = given.next_due_at, waiting = given.waiting, composed_at = given.composed_at, state = 'active', paused_until = null
        """;

    private const string IsAsItWas =
        """
        subscriber.next_due_at = given.due_before and subscriber.waiting = given.waited_before and subscriber.state = given.state
            and subscriber.profile = given.profile and subscriber.cap = given.cap and subscriber.email = given.email
        """;

    public Task<Subscriber?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Subscriber?>($"select {Columns} from subscriber where id = @id", new { id }), cancellationToken);

    public Task<Subscriber?> FindByAddressAsync(string email, CancellationToken cancellationToken) =>
        !EmailAddress.TryFold(email.Trim(), out var key, out _)
            ? Task.FromResult<Subscriber?>(null)
            : database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Subscriber?>($"select {Columns} from subscriber where email_key = @key", new { key }), cancellationToken);

    /// <summary>A page of subscribers in the order in which they came.</summary>
    public Task<IReadOnlyList<Subscriber>> PageAsync(long afterId, int size, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Subscriber>>(async connection => (await connection.QueryAsync<Subscriber>(
            $"select {Columns} from subscriber where id > @afterId order by id limit @size", new { afterId, size })).AsList(), cancellationToken);

    /// <summary>A page of those whom an operator looks for, in the order in which they came.</summary>
    /// <param name="text">A part of the address or the name, in either case; null: all.</param>
    /// <param name="state">As it stands in the database; null: all.</param>
    public Task<IReadOnlyList<Subscriber>> SearchAsync(string? text, string? state, long afterId, int size, CancellationToken cancellationToken)
    {
        SqlPart ofState = state is null ? default : new("and state = @state");
        SqlPart named = text is null ? default : new("and (email_key like @pattern escape '!' or name_key like @pattern escape '!')");
        return database.ReadAsync<IReadOnlyList<Subscriber>>(async connection => (await connection.QueryAsync<Subscriber>(
            $"select {Columns} from subscriber where id > @afterId {ofState} {named} order by id limit @size",
            new { afterId, state, size, pattern = $"%{Plain(Folded(text) ?? "")}%" })).AsList(), cancellationToken);
    }

    /// <summary>As names are looked for: the engines fold no capitals but those of ASCII.</summary>
    private static string? Folded(string? text) => text?.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();

    private static string Plain(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    /// <summary>Those whose issue is due, in the order of <see cref="DuePlace"/>. A pause that has ended counts as active.</summary>
    /// <param name="shards">Only those whose number modulo <see cref="Shard.Count"/> is among these; null: all.</param>
    public Task<IReadOnlyList<Subscriber>> DueAsync(DateTimeOffset now, DuePlace after, int size, IReadOnlyList<int>? shards, CancellationToken cancellationToken) =>
        database.ReadByOrderAsync<IReadOnlyList<Subscriber>>(async connection =>
        {
            await using var rows = await RowsAsync(connection, Columns, now, after, size, shards, cancellationToken);
            var (due, reading) = (new List<Subscriber>(size), new SubscriberRows(Own(rows), database.Rows.Texts(Own(rows))));
            while (await rows.ReadAsync(cancellationToken))
                due.Add(reading.Read());
            return due;
        }, cancellationToken);

    /// <summary>The profiles of the same, one by one.</summary>
    /// <param name="each">False: this one is not taken, and none behind it. The letters hold until it returns.</param>
    /// <returns>The place of the last of them; <paramref name="after"/> where there is none.</returns>
    public Task<DuePlace> EachDueProfileAsync(DateTimeOffset now, DuePlace after, int most, IReadOnlyList<int>? shards, TakesProfile each, CancellationToken cancellationToken) =>
        database.ReadByOrderAsync(async connection =>
        {
            await using var rows = await RowsAsync(connection, "id, profile, next_due_at", now, after, most, shards, cancellationToken);
            var (texts, slots, last) = (database.Rows.Texts(Own(rows)), new KnownWords<DateTimeOffset>(slot => TypeHandlers.ToTime(slot)), after);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (!each(rows.GetInt64(0), texts[1]))
                {
                    // What is left may be most of them, and would be sent to be thrown away.
                    (rows as IWrappedDataReader)?.Command.Cancel();
                    break;
                }
                last = new DuePlace(slots[texts[2]], rows.GetInt64(0));
            }
            return last;
        }, cancellationToken);

    /// <summary>Row by row, by hand: they are read for everybody, and Dapper makes an object of each value.</summary>
    private static async Task<DbDataReader> RowsAsync(DbConnection connection, string columns, DateTimeOffset now, DuePlace after, int most, IReadOnlyList<int>? shards,
        CancellationToken cancellationToken) =>
        await connection.ExecuteReaderAsync(new CommandDefinition($"select {columns} {Due} {Of(shards)} order by next_due_at, id limit @most",
            new { now, after.Slot, after.Id, most, shards, Shard.Count }, cancellationToken: cancellationToken));

    /// <summary>The engine's own reader, where Dapper put one before it.</summary>
    private static DbDataReader Own(DbDataReader rows) => rows is IWrappedDataReader { Reader: DbDataReader own } ? own : rows;

    private static SqlPart Of(IReadOnlyList<int>? shards) => shards is null ? default : new("and id % @Count in @shards");

    public Task<Subscriber?> FindAsync(DbTransaction transaction, long id) =>
        transaction.QuerySingleOrDefaultAsync<Subscriber>($"select {Columns} from subscriber where id = @id", new { id });

    public Task<Subscriber?> FindByKeyAsync(DbTransaction transaction, string key) =>
        transaction.QuerySingleOrDefaultAsync<Subscriber>($"select {Columns} from subscriber where email_key = @key", new { key });

    public Task<long> InsertAsync(DbTransaction transaction, Subscriber subscriber) =>
        transaction.ScalarAsync<long>(
            """
            insert into subscriber (email, email_key, name, name_key, language, timezone, cadence, hour, cap, nothing_today, profile, state, paused_until,
                watermark, next_due_at, created_at, consent_at, consent_source, consent_text, unsubscribed_at)
            values (@Email, @EmailKey, @Name, @NameKey, @Language, @Timezone, @Cadence, @Hour, @Cap, @NothingToday, @Profile, @State, @PausedUntil,
                @Watermark, @NextDueAt, @CreatedAt, @ConsentAt, @ConsentSource, @ConsentText, @UnsubscribedAt)
            returning id
            """, Row(subscriber));

    public Task UpdateAsync(DbTransaction transaction, Subscriber subscriber) =>
        transaction.ExecuteAsync(
            """
            update subscriber set email = @Email, email_key = @EmailKey, name = @Name, name_key = @NameKey, language = @Language, timezone = @Timezone,
                cadence = @Cadence, hour = @Hour, cap = @Cap, nothing_today = @NothingToday, profile = @Profile, state = @State,
                paused_until = @PausedUntil, watermark = @Watermark, next_due_at = @NextDueAt, consent_at = @ConsentAt,
                consent_source = @ConsentSource, consent_text = @ConsentText, unsubscribed_at = @UnsubscribedAt
            where id = @Id
            """, Row(subscriber));

    /// <summary>
    /// Moves the watermark, the next slot and what waits on after an issue, and ends a pause that is over. Nothing happens to those whose slot
    /// was answered already, who left or who changed meanwhile.
    /// </summary>
    /// <returns>The ids of those that were moved on.</returns>
    public Task<IReadOnlyList<long>> AdvanceAsync(DbTransaction transaction, IReadOnlyList<Advance> advances) =>
        database.Rows.ChangeAsync(transaction, new RowsUpdated("subscriber", "id", Advancing, IsAsItWas, new GivenRows()
            .Numbers("id", advances.Select(one => one.Subscriber.Id))
            .Numbers("watermark", advances.Select(one => one.Watermark))
            .Times("next_due_at", advances.Select(one => (DateTimeOffset?)one.NextDueAt))
            .Texts("waiting", advances.Select(one => one.Waiting))
            .Times("composed_at", advances.Select(one => (DateTimeOffset?)one.ComposedAt))
            .Times("due_before", advances.Select(one => one.Subscriber.NextDueAt))
            .Texts("waited_before", advances.Select(one => one.Subscriber.Waiting))
            .Texts("state", advances.Select(one => Text(one.Subscriber.State)))
            .Texts("profile", advances.Select(one => one.Subscriber.Profile))
            .Numbers("cap", advances.Select(one => (long)one.Subscriber.Cap))
            .Texts("email", advances.Select(one => one.Subscriber.Email)))
        { PassesOverTaken = true });

    /// <summary>What waits for a subscriber, as stored; null where there is no such subscriber.</summary>
    public Task<string?> WaitingAsync(DbTransaction transaction, long id) => transaction.ScalarAsync<string>("select waiting from subscriber where id = @id", new { id });

    public Task SetWaitingAsync(DbTransaction transaction, long id, Waiting waiting) =>
        transaction.ExecuteAsync("update subscriber set waiting = @Waiting where id = @id", new { id, Waiting = waiting.ToString() });

    public Task DeleteAsync(DbTransaction transaction, long id) => transaction.ExecuteAsync("delete from subscriber where id = @id", new { id });

    private static object Row(Subscriber subscriber)
    {
        EmailAddress.TryFold(subscriber.Email, out var key, out _);
        return new
        {
            subscriber.Id,
            subscriber.Email,
            EmailKey = key,
            subscriber.Name,
            NameKey = Folded(subscriber.Name),
            subscriber.Language,
            subscriber.Timezone,
            Cadence = subscriber.Cadence.ToString(),
            subscriber.Hour,
            subscriber.Cap,
            NothingToday = subscriber.NothingToday ? 1 : 0,
            subscriber.Profile,
            State = Text(subscriber.State),
            subscriber.PausedUntil,
            subscriber.Watermark,
            subscriber.NextDueAt,
            subscriber.CreatedAt,
            subscriber.ConsentAt,
            subscriber.ConsentSource,
            subscriber.ConsentText,
            subscriber.UnsubscribedAt,
        };
    }

    private static string Text(SubscriberState state) => state == SubscriberState.Active ? "active" : state.ToString().ToLowerInvariant();

    [ModuleInitializer]
    internal static void RegisterHandlers() => SqlMapper.AddTypeHandler(new CadenceHandler());

    private sealed class CadenceHandler : SqlMapper.TypeHandler<Cadence>
    {
        public override void SetValue(IDbDataParameter parameter, Cadence? value) => parameter.Value = value?.ToString();

        public override Cadence Parse(object value) => SubscriberRows.CadenceOf((string)value);
    }
}

/// <summary>Where a subscriber stands after an issue.</summary>
/// <param name="Subscriber">As they were when it was composed.</param>
/// <param name="Watermark">The newest paper that was considered.</param>
/// <param name="Waiting">What waits for the next issue, as stored, in UTF-8.</param>
internal sealed record Advance(Subscriber Subscriber, long Watermark, DateTimeOffset NextDueAt, ReadOnlyMemory<byte> Waiting, DateTimeOffset ComposedAt);

/// <summary>Takes the profile of one after the other.</summary>
/// <returns>False: no more.</returns>
internal delegate bool TakesProfile(long subscriber, ReadOnlySpan<char> profile);
