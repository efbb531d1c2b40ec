using System.CommandLine;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary><c>backup FILE</c>: all of the installation in one file, while the service runs.</summary>
internal static class BackupVerb
{
    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to; an older one there is replaced when the new one is whole." };
        var command = new Command("backup", "Write database and installation key into one file, also while the service is sending.") { file };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, token) =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            var note = await services.GetRequiredService<Backup>().WriteAsync(path, token);
            Console.WriteLine($"{path}: {new FileInfo(path).Length >> 10} kB, {note.Contents}; read back and found whole.");
            Console.WriteLine("It holds the installation key and the readers' addresses: keep it where only you can read it.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }
}
