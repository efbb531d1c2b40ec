using System.CommandLine;
using System.Globalization;
using Digest.Worker.Access;

namespace Digest.Worker.Operations;

/// <summary><c>key add|list|revoke</c>: who may use the operator's API and pages.</summary>
internal static class KeyVerb
{
    private const int LongestName = 60;

    public static Command Create(VerbContext context) => new("key", "Keys of the operator's API and of /admin: add, list, revoke.") { Add(context), List(context), Revoke(context) };

    private static Command Add(VerbContext context)
    {
        var name = new Argument<string>("name") { Description = "What it is for, such as 'crm' or 'my browser'." };
        var scope = new Option<KeyScope>("--scope") { Description = "read: sees everything; write: changes too.", DefaultValueFactory = _ => KeyScope.Read };
        var command = new Command("add", "Make a key. It is printed once and kept only as a hash.") { name, scope };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is not { Length: > 0 and <= LongestName } given || given.Any(char.IsControl))
                result.AddError($"Give the key a name of 1 to {LongestName} characters.");
        });
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var (id, text) = await services.GetRequiredService<AccessKeys>().MakeAsync(parsed.GetRequiredValue(name), parsed.GetValue(scope), stopping);
            Console.WriteLine(text);
            await Console.Error.WriteLineAsync($"Key {id} ({Word(parsed.GetValue(scope))}). Keep it now: it cannot be shown again. 'key revoke {id}' ends it.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command List(VerbContext context)
    {
        var command = new Command("list", "List all keys, with the last day on which each was used.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var keys = await services.GetRequiredService<AccessKeyStore>().AllAsync(stopping);
            Terminal.Table(["key", "name", "scope", "made", "used", "revoked"],
                [.. keys.Select(key => new[] { $"{key.Id}", key.Name, Word(key.Scope), Day(key.CreatedAt), key.UsedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never", key.RevokedAt is { } at ? Day(at) : "-" })]);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Revoke(VerbContext context)
    {
        var id = new Argument<long>("key") { Description = "Its number in 'key list'." };
        var command = new Command("revoke", "End a key; it opens nothing from then on.") { id };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            if (await services.GetRequiredService<AccessKeyStore>().RevokeAsync(parsed.GetValue(id), services.GetRequiredService<TimeProvider>().GetUtcNow(), stopping))
            {
                Console.WriteLine($"Key {parsed.GetValue(id)} is revoked.");
                return ExitCode.Ok;
            }
            await Console.Error.WriteLineAsync($"There is no key {parsed.GetValue(id)} that opens anything: 'key list' shows them.");
            return ExitCode.Failed;
        }, cancellationToken));
        return command;
    }

    private static string Word(KeyScope scope) => scope.ToString().ToLowerInvariant();

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
