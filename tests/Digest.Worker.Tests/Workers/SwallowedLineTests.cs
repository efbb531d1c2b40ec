using Digest.Worker.Tests.Support;
using Npgsql;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Workers;

/// <summary>The worker reaches the database over a line on loopback that swallows all.</summary>
public sealed class SwallowedLineTests(ITestOutputHelper output) : NetworkCutTests(output)
{
    [FactWith<PostgresServer>]
    public async Task A_worker_whose_line_to_the_database_swallows_all_sends_what_it_marked_and_the_other_what_it_only_held()
    {
        await using var cluster = await Cluster.CreateAsync();
        var server = new NpgsqlConnectionStringBuilder(cluster.Server);
        await using var line = new LoopbackLine(server.Port, TimeSpan.Zero);
        server.Port = line.Port;
        await SendsWhatItMarkedAsync(cluster, server, null, line.Cut, line.Mend);
    }
}
