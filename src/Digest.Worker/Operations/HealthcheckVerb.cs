using System.CommandLine;
using Digest.Worker.Web;

namespace Digest.Worker.Operations;

/// <summary><c>healthcheck</c>: asks the running service on this machine; the binary is its own probe.</summary>
internal static class HealthcheckVerb
{
    public static Command Create()
    {
        var command = new Command("healthcheck", "Ask the service that runs on this machine whether it is alive.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var url = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build()["Web:Urls"] ?? new WebOptions().Urls;
            var own = url.Split(';')[0].Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
            var (alive, answer) = await HealthProbe.AskAsync(new Uri(new Uri(own), "healthz"), cancellationToken);
            await (alive ? Console.Out : Console.Error).WriteLineAsync(answer);
            return alive ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
