using System.CommandLine;
using Digest.Worker.Mailbox;

namespace Digest.Worker.Operations;

/// <summary><c>explain-mail FILE...</c>: how each mail would be understood, one line of JSON a mail. Needs no settings and no database, and changes nothing.</summary>
internal static class ExplainMailVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Mails as .eml files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("explain-mail", "Explain how mails that came in would be understood; nothing is changed.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var failed = 0;
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            foreach (var file in parsed.GetValue(files) ?? [])
            {
                try
                {
                    await output.WriteLineAsync(await ExplainMail.ExplainAsync(file, cancellationToken));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    failed++;
                    await Console.Error.WriteLineAsync($"{file}: {e.Message}");
                }
            }
            return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
