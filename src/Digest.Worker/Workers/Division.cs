namespace Digest.Worker.Workers;

/// <summary>
/// What a worker keeps, takes and gives up, so that in the end each has an even part: it never holds more than its share, and takes nothing that
/// another holds. When workers come or go, the shares change at the next beat of each.
/// </summary>
internal sealed record Division(IReadOnlyList<string> Kept, IReadOnlyList<string> Taken, IReadOnlyList<string> GivenUp)
{
    /// <summary>The lease of what one worker does for all: harvest, mailbox, watch, retention.</summary>
    public const string Schedule = "schedule";

    /// <summary>Every lease there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Schedule, .. Enumerable.Range(0, Shard.Count).Select(Shard.LeaseOf)];

    public bool Holds(string name) => Kept.Contains(name) || Taken.Contains(name);

    /// <param name="leases">The leases that were ever held; one that is left out is free.</param>
    /// <param name="workers">The workers that are alive, this one among them.</param>
    public static Division Of(string worker, int workers, IReadOnlyList<LeaseRow> leases)
    {
        // What ran out is still its worker's until another takes it.
        var mine = leases.Where(lease => lease.Worker == worker).Select(lease => lease.Name).ToHashSet(StringComparer.Ordinal);
        var others = leases.Where(lease => lease.Worker != worker && !lease.IsFree).Select(lease => lease.Name).ToHashSet(StringComparer.Ordinal);
        var share = (Shard.Count + workers - 1) / workers;
        var shards = All.Skip(1).Where(mine.Contains).ToList();
        string[] schedule = mine.Contains(Schedule) ? [Schedule] : [];
        string[] taken = others.Contains(Schedule) || schedule.Length > 0 ? [] : [Schedule];
        var free = All.Skip(1).Where(name => !mine.Contains(name) && !others.Contains(name));
        return new Division([.. schedule, .. shards.Take(share)], [.. taken, .. free.Take(Math.Max(0, share - shards.Count))], [.. shards.Skip(share)]);
    }
}

/// <summary>A lease as it stands.</summary>
internal sealed record LeaseRow
{
    public string Name { get; init; } = "";
    public string Worker { get; init; } = "";
    public long Token { get; init; }

    /// <summary>1: it ran out, or its worker is known to be gone.</summary>
    public long Free { get; init; }

    public bool IsFree => Free != 0;
}
