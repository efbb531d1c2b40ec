using System.CommandLine;
using Digest.Worker.Web;

namespace Digest.Worker.Operations;

/// <summary><c>healthcheck</c>: asks the running service on this machine; the binary is its own probe.</summary>
internal static class HealthcheckVerb
{
    public static Command Create()
    {
        var ready = new Option<bool>("--ready") { Description = "Ask whether it can do its work, and what is in its way." };
        var command = new Command("healthcheck", "Ask the service that runs on this machine whether it is alive.") { ready };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var urls = DigestHost.CreateBuilder(TimeProvider.System, null).Configuration["Web:OperatorUrls"] ?? new WebOptions().OperatorUrls;
            var (alive, answer) = await HealthProbe.AskAsync(new Uri(WebAddresses.Local(urls), parsed.GetValue(ready) ? "readyz" : "healthz"), cancellationToken);
            await (alive ? Console.Out : Console.Error).WriteLineAsync(answer);
            return alive ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
