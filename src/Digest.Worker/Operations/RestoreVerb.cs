using System.CommandLine;

namespace Digest.Worker.Operations;

/// <summary><c>restore FILE</c>: puts a backup in the place of the installation; the service must be stopped.</summary>
internal static class RestoreVerb
{
    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "A file that 'backup' wrote." };
        var check = new Option<bool>("--check") { Description = "Only find out whether it could be restored." };
        var command = new Command("restore", "Put a backup in the place of this installation. What was sent since is not sent again.") { file, check };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = DigestHost.Build(context.Clock(parsed));
            var path = parsed.GetRequiredValue(file).FullName;
            var restore = app.Services.GetRequiredService<Restore>();
            foreach (var line in parsed.GetValue(check) ? await restore.CheckAsync(path, cancellationToken) : await restore.RunAsync(path, cancellationToken))
                Console.WriteLine(line);
            return ExitCode.Ok;
        });
        return command;
    }
}
