using System.CommandLine;
using Digest.Worker.Storage;
using Digest.Worker.Web;

namespace Digest.Worker.Operations;

/// <summary><c>serve</c>, the default: runs the schedule and the HTTP doors until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("serve", "Run the service: the schedule and the HTTP doors (the default).");
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = DigestHost.Build(context.Clock(parsed), serving: true);
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
        app.MapDoors();
        await app.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
