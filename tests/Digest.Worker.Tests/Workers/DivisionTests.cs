using Digest.Worker.Workers;

namespace Digest.Worker.Tests.Workers;

/// <summary>How the work is divided, without a database: workers come, go and beat in any order.</summary>
public sealed class DivisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whoever_comes_or_goes_after_two_beats_of_each_all_is_owned_and_no_part_is_much_larger(int seed)
    {
        var random = new Random(seed);
        var table = new Dictionary<string, LeaseRow>();
        var alive = new List<string>();
        for (var step = 0; step < 200; step++)
        {
            if (alive.Count == 0 || random.Next(2) == 0 && alive.Count < 9)
                alive.Add($"worker{step}");
            else if (alive.Count > 1)
                alive.RemoveAt(random.Next(alive.Count));
            for (var round = 0; round < 2; round++)
                foreach (var worker in alive.OrderBy(_ => random.Next()).ToList())
                    Beat(worker, alive, table);
            var shards = table.Values.Where(lease => lease.Name != Division.Schedule && alive.Contains(lease.Worker)).GroupBy(lease => lease.Worker).Select(own => own.Count()).ToList();
            Assert.Equal(Shard.Count, shards.Sum());
            Assert.All(shards, count => Assert.True(count <= (Shard.Count + alive.Count - 1) / alive.Count));
            Assert.Contains(table[Division.Schedule].Worker, alive);
        }
    }

    [Fact]
    public void What_another_holds_is_not_taken_and_what_ran_out_is_still_its_workers_until_another_takes_it()
    {
        LeaseRow[] held = [.. Division.All.Select(name => new LeaseRow { Name = name, Worker = "a", Token = 1 })];
        Assert.Empty(Division.Of("b", 2, held).Taken);
        Assert.Equal(Shard.Count + 1, Division.Of("a", 1, held).Kept.Count);
        Assert.Equal(Shard.Count / 2, Division.Of("a", 2, held).GivenUp.Count);
        LeaseRow[] over = [.. held.Select(lease => lease with { Free = 1 })];
        Assert.Equal(Shard.Count + 1, Division.Of("a", 1, over).Kept.Count);
        Assert.Equal(Shard.Count / 2 + 1, Division.Of("b", 2, over).Taken.Count);
    }

    private static void Beat(string worker, List<string> alive, Dictionary<string, LeaseRow> table)
    {
        var division = Division.Of(worker, alive.Count, [.. table.Values.Select(lease => lease with { Free = alive.Contains(lease.Worker) ? 0 : 1 })]);
        foreach (var name in division.GivenUp)
            table[name] = table[name] with { Worker = "" };
        foreach (var name in division.Taken)
        {
            Assert.False(table.TryGetValue(name, out var before) && alive.Contains(before.Worker), $"{name} was taken from a living worker");
            table[name] = new LeaseRow { Name = name, Worker = worker, Token = (before?.Token ?? 0) + 1 };
        }
    }
}
