using System.CommandLine;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary><c>migrate</c>: brings the database up to date. Every other verb does so too; this one does nothing else.</summary>
internal static class MigrateVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("migrate", "Bring the database up to date.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = DigestHost.Build(context.Clock(parsed));
            var applied = await app.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
            foreach (var name in applied)
                Console.WriteLine($"applied {name}");
            Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"{applied.Count} migrations applied.");
            return ExitCode.Ok;
        });
        return command;
    }
}
