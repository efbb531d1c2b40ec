using System.CommandLine;
using System.Globalization;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>suppression list|lift</c>: the addresses that are not written to.</summary>
internal static class SuppressionVerb
{
    private const int AtOnce = 500;

    public static Command Create(VerbContext context) => new("suppression", "Addresses that are not written to: list, lift.") { List(context), Lift(context) };

    private static Command List(VerbContext context)
    {
        var command = new Command("list", "List them all, the oldest first, and why each is there. Of somebody who was erased no address is left.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var store = services.GetRequiredService<SuppressionStore>();
            var all = new List<Suppression>();
            while (await store.PageAsync(all is [.., var last] ? last.Id : 0, AtOnce, stopping) is { Count: > 0 } page)
                all.AddRange(page);
            Terminal.Table(["address", "reason", "since", "detail"],
                [.. all.Select(one => new[] { one.Email ?? "(erased)", one.Reason, one.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one.Detail ?? "-" })]);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Lift(VerbContext context)
    {
        var email = new Argument<string>("email") { Description = "The address." };
        var command = new Command("lift", "Take an address off the list that bounced, or that you put there. What its reader wanted stays: only they can come back.") { email };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var given = parsed.GetRequiredValue(email);
            if (!EmailAddress.TryFold(given.Trim(), out var key, out var problem))
                return await FailAsync($"{given}: {FormattableString.Invariant(problem)}");
            var store = services.GetRequiredService<SuppressionStore>();
            switch (await services.GetRequiredService<Database>().WriteAsync(transaction => store.LiftAsync(transaction, key), stopping))
            {
                case (null, _):
                    return await FailAsync($"{given} is not suppressed.");
                case (_, { } stays):
                    return await FailAsync($"{given} is suppressed because its reader wanted it so ({stays}): only they can come back.");
                case ({ } was, _):
                    Console.WriteLine($"{given} was suppressed ({was}) and is no more. A subscription that ended by it stays ended: 'subscriber resume {given}'.");
                    return ExitCode.Ok;
            }
        }, cancellationToken));
        return command;
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return ExitCode.Failed;
    }
}
