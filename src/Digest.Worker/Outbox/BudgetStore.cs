using System.Data.Common;
using System.Globalization;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>
/// Draws from limits that hold for all workers together. What counts is what was sent within the window, what any worker has drawn and not yet
/// written down, and what a worker that is gone may have sent. A draw is for several messages, so no row is written with every mail.
/// </summary>
internal sealed class BudgetStore(Database database)
{
    /// <summary>Longer than the claim of a mail: where a mail may still be begun, what was drawn for it still counts.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>Times are kept in milliseconds, cut off.</summary>
    private static readonly TimeSpan Cut = TimeSpan.FromMilliseconds(2);

    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>Several workers, perhaps of several machines, may send at once.</summary>
    public bool IsForMany => database.IsForMany;

    public Task<IReadOnlyList<BudgetDraw>> DrawAsync(string worker, IReadOnlyList<BudgetWish> wishes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(async transaction =>
        {
            var draws = new List<BudgetDraw>();
            // Always in the same order, so that two workers never wait for each other.
            foreach (var wish in wishes.OrderBy(wish => wish.Scope, StringComparer.Ordinal))
                draws.Add(await DrawAsync(transaction, worker, wish, now));
            return (IReadOnlyList<BudgetDraw>)draws;
        }, cancellationToken);

    /// <summary>Gives back what a worker has drawn; all that it sent is written down.</summary>
    public Task GiveBackAsync(string worker, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(transaction => transaction.ExecuteAsync("delete from budget where worker = @worker", new { worker }), cancellationToken);

    private async Task<BudgetDraw> DrawAsync(DbTransaction transaction, string worker, BudgetWish wish, DateTimeOffset now)
    {
        var at = new { wish.Scope, wish.Domain, worker, now, until = now - wish.Window - Cut };
        await transaction.ExecuteAsync("insert into budget_scope (scope, draws) values (@Scope, 1) on conflict (scope) do update set draws = budget_scope.draws + 1", at);
        var others = await transaction.ScalarAsync<long>($"select coalesce(sum(held), 0) from budget where scope = @Scope and worker <> @worker and until > {leaseNow}", at);
        // After a pause longer than the lease: others may have had what lay here unused.
        var lapsed = wish.Kept > 0 && await transaction.ScalarAsync<long>($"select count(*) from budget where scope = @Scope and worker = @worker and until > {leaseNow}", at) == 0;
        var (sent, oldest) = wish.Window == TimeSpan.Zero ? (0, null) : await SentAsync(transaction, wish, at);
        var drawn = (int)Math.Clamp(wish.Most - sent - others - wish.Kept, 0, wish.Wanted);
        if (wish.Kept + drawn == 0)
            await transaction.ExecuteAsync("delete from budget where scope = @Scope and worker = @worker", at);
        else
            await transaction.ExecuteAsync(
                $"""
                insert into budget (scope, worker, held, until) values (@Scope, @worker, @held, {leaseEnd})
                on conflict (scope, worker) do update set held = excluded.held, until = excluded.until
                """, new { wish.Scope, worker, held = wish.Kept + drawn, now, until = now + Lease });
        // Who wanted nothing need not wait. What is under way, here or at others, may come back or be counted twice for a moment: asked again soon.
        if (drawn > 0 || wish.Wanted == 0 || oldest is null || wish.Kept + others > 0)
            return new BudgetDraw(wish, drawn, null) { Lapsed = lapsed };
        var clock = await transaction.ScalarAsync<DateTimeOffset>($"select cast({leaseNow} as text)", at);
        return new BudgetDraw(wish, 0, Time(oldest) + wish.Window + Cut - clock) { Lapsed = lapsed };
    }

    private async Task<(long Sent, string? Oldest)> SentAsync(DbTransaction transaction, BudgetWish wish, object at)
    {
        var sent = wish.Domain.Length == 0
            ? await transaction.QueryAsync<SentSince>($"select count(*) as sent, min(at) as oldest from sending where at > {leaseEnd}", at)
            : await transaction.QueryAsync<SentSince>($"select count(*) as sent, min(at) as oldest from sending where domain = @Domain and at > {leaseEnd}", at);
        var doubt = await transaction.ScalarAsync<long>(
            $"""
            select count(*) from claim c join outbox o on o.id = c.mail_id where c.marked_at is not null and (@Domain = '' or o.domain = @Domain)
              and not exists (select 1 from budget where budget.worker = c.worker and budget.until > {leaseNow})
            """, at);
        return (sent[0].Sent + doubt, sent[0].Oldest);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed record SentSince
    {
        public long Sent { get; init; }
        public string? Oldest { get; init; }
    }
}

/// <summary>What a worker wants of one limit.</summary>
/// <param name="Domain">Of the recipients; empty: everything.</param>
/// <param name="Window">In which stretch of time <paramref name="Most"/> messages may be; zero: at a time.</param>
/// <param name="Kept">What it has drawn before and still holds.</param>
internal sealed record BudgetWish(string Domain, TimeSpan Window, int Most, int Kept, int Wanted)
{
    public string Scope { get; } = string.Create(CultureInfo.InvariantCulture, $"{Window.TotalSeconds}/{Domain}");
}

/// <param name="Drawn">How many more messages may be begun.</param>
/// <param name="Wait">Where that is none: how long until one more may be; null: nobody knows.</param>
internal sealed record BudgetDraw(BudgetWish Wish, int Drawn, TimeSpan? Wait)
{
    /// <summary>What was drawn before had ended in the meantime: nothing of it may begin any more.</summary>
    public bool Lapsed { get; init; }
}
