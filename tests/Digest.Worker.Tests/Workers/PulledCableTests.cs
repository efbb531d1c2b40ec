using Digest.Worker.Tests.Support;
using Npgsql;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Workers;

/// <summary>The worker in a network namespace of its own, whose cable to the database is pulled.</summary>
public sealed class PulledCableTests(ITestOutputHelper output) : NetworkCutTests(output)
{
    [FactWith<PostgresServer, OwnNetwork>]
    public async Task A_worker_whose_cable_to_the_database_is_pulled_sends_what_it_marked_and_the_other_what_it_only_held()
    {
        using var network = OwnNetwork.Make();
        await using var postgres = await OwnPostgres.StartAsync(network.Database);
        await using var cluster = await Cluster.CreateAsync(postgres.ConnectionString);
        var server = new NpgsqlConnectionStringBuilder(cluster.Server) { Host = $"{network.Database}" };
        await SendsWhatItMarkedAsync(cluster, server, network, network.Cut, network.Mend);
    }
}
