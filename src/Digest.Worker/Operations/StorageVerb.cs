using System.CommandLine;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Copying;

namespace Digest.Worker.Operations;

/// <summary><c>storage copy --to CONNECTION</c>: moves house between the engines, either way.</summary>
internal static class StorageVerb
{
    public static Command Create(VerbContext context)
    {
        var to = new Option<string>("--to") { Description = "The connection string of the other database: empty, or where a copy was begun.", HelpName = "CONNECTION", Required = true };
        var copy = new Command("copy", "Copy everything stored into another database and compare the two; the service must be stopped. Stopped itself, it goes on where it was.") { to };
        copy.SetAction((parsed, cancellationToken) => CopyAsync(context.Clock(parsed), parsed.GetRequiredValue(to), cancellationToken));
        return new Command("storage", "The database.") { copy };
    }

    private static async Task<int> CopyAsync(TimeProvider time, string to, CancellationToken cancellationToken)
    {
        var engine = Engines.Of(to, "--to");
        await using var app = DigestHost.Build(time);
        var options = app.Services.GetRequiredService<StorageOptions>();
        if (WorkerPresence.IsAnyAlive(options))
            throw new BackupException("The service is running on this data folder: stop it first.");
        var target = Engines.Create(engine, options with { ConnectionString = to }, time);
        await using var _ = target as IAsyncDisposable;
        var tables = await new StorageCopy(app.Services.GetRequiredService<IDialect>(), target, time).RunAsync(Console.Error.WriteLine, cancellationToken);
        Terminal.Table(["table", "rows", "SHA-256"], [.. tables.Select(table => new[] { table.Name, $"{table.There}", table.HashThere[..16] })]);
        Console.WriteLine($"{tables.Sum(table => table.There)} rows in {tables.Count} tables, equal in both by counts and hashes. Now set Storage:ConnectionString to the new database; the data folder stays.");
        return ExitCode.Ok;
    }
}
