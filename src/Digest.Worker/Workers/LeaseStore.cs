using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Workers;

/// <summary>The tables of who is at work and who does what. All times are by the clock that leases go by.</summary>
internal sealed class LeaseStore(Database database)
{
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>Says that a worker is alive, and divides the work anew between all that are.</summary>
    /// <param name="dead">Workers that are known to be gone, whatever their leases say.</param>
    public Task<Portion> BeatAsync(string worker, IReadOnlyCollection<string> dead, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var at = new { worker, dead, now, until = now + lease };
            await transaction.ExecuteAsync($"delete from worker where until <= {leaseNow} or id in @dead", at);
            await transaction.ExecuteAsync($"insert into worker (id, until) values (@worker, {leaseEnd}) on conflict (id) do update set until = excluded.until", at);
            var workers = await transaction.ScalarAsync<long>("select count(*) from worker");
            var leases = await transaction.QueryAsync<LeaseRow>(
                $"select name, worker, token, case when until <= {leaseNow} or worker in @dead then 1 else 0 end as free from lease", at);
            var division = Division.Of(worker, (int)workers, leases);
            await TakeAsync(transaction, worker, division, now, lease);
            var schedule = await transaction.ScalarAsync<long?>("select token from lease where name = @Schedule and worker = @worker", new { Division.Schedule, worker });
            return new Portion((int)workers, schedule, [.. Enumerable.Range(0, Shard.Count).Where(shard => division.Holds(Shard.LeaseOf(shard)))]);
        }, cancellationToken);

    /// <summary>Gives up all that a worker holds: it is about to end, or gone.</summary>
    public Task LeaveAsync(IReadOnlyCollection<string> workers, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync("delete from worker where id in @workers", new { workers });
            await transaction.ExecuteAsync($"update lease set worker = '', until = {leaseNow} where worker in @workers", new { workers, now });
        }, cancellationToken);

    private async Task TakeAsync(DbTransaction transaction, string worker, Division division, DateTimeOffset now, TimeSpan lease)
    {
        var at = new { worker, now, until = now + lease, Kept = division.Kept.ToArray(), GivenUp = division.GivenUp.ToArray() };
        if (division.Kept.Count > 0)
            await transaction.ExecuteAsync($"update lease set until = {leaseEnd} where worker = @worker and name in @Kept", at);
        if (division.GivenUp.Count > 0)
            await transaction.ExecuteAsync($"update lease set worker = '', until = {leaseNow} where worker = @worker and name in @GivenUp", at);
        foreach (var name in division.Taken)
            await transaction.ExecuteAsync(
                $"""
                insert into lease (name, worker, token, until) values (@name, @worker, 1, {leaseEnd})
                on conflict (name) do update set worker = excluded.worker, token = lease.token + 1, until = excluded.until
                """, new { name, worker, now, at.until });
    }
}

/// <summary>What a worker does until its next beat.</summary>
/// <param name="Workers">How many are alive.</param>
/// <param name="Schedule">The number of its lease of the schedule; null: another has it.</param>
/// <param name="Shards">The parts of the subscribers that are its own, ascending.</param>
internal sealed record Portion(int Workers, long? Schedule, IReadOnlyList<int> Shards);
