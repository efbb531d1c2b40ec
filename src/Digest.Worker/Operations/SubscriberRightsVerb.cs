using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Retention;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Operations;

/// <summary>What a person may ask for: <c>subscriber export --email</c>, all that we know of them, and <c>subscriber erase</c>, to be forgotten.</summary>
internal static class SubscriberRightsVerb
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The exit code.</returns>
    public static async Task<int> ExportAsync(IServiceProvider services, string email, TextWriter writer, CancellationToken cancellationToken)
    {
        if (await FindAsync(services, email, cancellationToken) is not { } subscriber)
            return ExitCode.Failed;
        await writer.WriteLineAsync((await services.GetRequiredService<PersonStore>().ReadAsync(subscriber.Id, cancellationToken)).ToJsonString(Readable));
        return ExitCode.Ok;
    }

    public static Command Erase(VerbContext context)
    {
        var email = new Argument<string>("email") { Description = "The subscriber's address." };
        var command = new Command("erase", "Forget a subscriber for good. Only a keyed hash of the address stays, so that no import brings them back.") { email };
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            if (await FindAsync(services, parsed.GetRequiredValue(email), token) is not { } subscriber)
                return ExitCode.Failed;
            await services.GetRequiredService<Database>().WriteAsync(async transaction =>
            {
                await services.GetRequiredService<Subscriptions>().EraseAsync(transaction, subscriber);
                await services.GetRequiredService<BounceStore>().ForgetAsync(transaction, subscriber.Id);
            }, token);
            Console.WriteLine("Erased. The address stays suppressed by a keyed hash; backups made before hold it until they are replaced.");
            return ExitCode.Ok;
        }, ct));
        return command;
    }

    private static async Task<Subscriber?> FindAsync(IServiceProvider services, string email, CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<SubscriberStore>().FindByAddressAsync(email, cancellationToken);
        if (found is null)
            await Console.Error.WriteLineAsync($"There is no subscriber {email}: 'subscriber list' shows them.");
        return found;
    }
}
