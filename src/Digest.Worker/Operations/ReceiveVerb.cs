using System.CommandLine;
using Digest.Worker.Mailbox;

namespace Digest.Worker.Operations;

/// <summary><c>receive</c>: handles one mail from standard input, for a pipe from a local mail server (sysexits: 75 asks it to try again later).</summary>
internal static class ReceiveVerb
{
    private const int TryAgainLater = 75;

    public static Command Create(VerbContext context)
    {
        var recipient = new Option<string?>("--recipient") { Description = "The envelope recipient, where the mail server does not write it into the mail.", HelpName = "ADDRESS" };
        var command = new Command("receive", "Handle one mail from standard input; for a pipe from a mail server.") { recipient };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, token) =>
        {
            await using var input = Console.OpenStandardInput();
            var received = await services.GetRequiredService<ReceivedMail>().HandleAsync(input, parsed.GetValue(recipient), token);
            Console.WriteLine(received.Text);
            return received.Handled ? ExitCode.Ok : TryAgainLater;
        }, cancellationToken));
        return command;
    }
}
