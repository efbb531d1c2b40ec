using System.CommandLine;
using System.Globalization;
using Digest.Worker.Matching;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>subscriber add|list|show|edit|remove|pause|resume</c>; import and export have files of their own.</summary>
internal static class SubscriberVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("subscriber", "Subscribers: add, list, show, edit, remove, pause, resume, import, export, erase.");
        command.Subcommands.Add(Add(context));
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Show(context));
        command.Subcommands.Add(Edit(context));
        command.Subcommands.Add(Remove(context));
        command.Subcommands.Add(Pause(context));
        command.Subcommands.Add(Resume(context));
        command.Subcommands.Add(SubscriberImportVerb.Create(context));
        command.Subcommands.Add(SubscriberExportVerb.Create(context));
        command.Subcommands.Add(SubscriberRightsVerb.Erase(context));
        return command;
    }

    private static Argument<string> Email() => new("email") { Description = "The subscriber's address." };

    private static Command Add(VerbContext context)
    {
        var (email, options) = (Email(), new SubscriberArguments());
        var welcome = new Option<bool>("--welcome") { Description = "Mail them a welcome." };
        var confirm = new Option<bool>("--confirm") { Description = "Mail them a request to confirm; until they do, they get nothing else." };
        var now = new Option<bool>("--now") { Description = "Their first issue is due at once; the next at their scheduled hour." };
        var command = new Command("add", "Add a subscriber. Their first issue is due at their next scheduled hour.") { email, welcome, confirm, now };
        command.Validators.Add(result =>
        {
            if (result.GetValue(now) && result.GetValue(confirm))
                result.AddError("--now and --confirm exclude each other: who is asked to confirm gets nothing before the answer.");
        });
        options.AddTo(command);
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            MailKind? letter = parsed.GetValue(confirm) ? MailKind.Confirmation : parsed.GetValue(welcome) ? MailKind.Welcome : null;
            var draft = await options.ReadAsync(parsed, token) with { Email = parsed.GetValue(email), AtOnce = parsed.GetValue(now) };
            return Tell(await services.GetRequiredService<Subscriptions>().AddAsync(draft, "add", letter, token), "added");
        }, ct));
        return command;
    }

    private static Command List(VerbContext context)
    {
        var command = new Command("list", "List all subscribers.");
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            var rows = new List<IReadOnlyList<string>>();
            await foreach (var subscriber in All(services, token))
                rows.Add([subscriber.Email, subscriber.Name ?? "", Text(subscriber.State), subscriber.Cadence.ToString(), $"{subscriber.Hour}:00 {subscriber.Timezone}",
                    Text(subscriber.Cap), Text(subscriber.Interests.Count), Text(subscriber.NextDueAt)]);
            Terminal.Table(["email", "name", "state", "cadence", "hour", "cap", "interests", "next issue"], rows);
            return ExitCode.Ok;
        }, ct));
        return command;
    }

    private static Command Show(VerbContext context) => One(context, "show", "Show everything about a subscriber.", [], (services, subscriber, _, _) =>
    {
        var rows = new (string Name, string Value)[]
        {
            ("email", subscriber.Email), ("name", subscriber.Name ?? "-"), ("state", Text(subscriber.State)), ("paused until", Text(subscriber.PausedUntil)),
            ("language", subscriber.Language), ("time zone", subscriber.Timezone), ("cadence", subscriber.Cadence.ToString()), ("hour", Text(subscriber.Hour)),
            ("cap", Text(subscriber.Cap)), ("mail on empty days", subscriber.NothingToday ? "yes" : "no"), ("next issue", Text(subscriber.NextDueAt)),
            ("created", Text(subscriber.CreatedAt)), ("consent", $"{Text(subscriber.ConsentAt)} {subscriber.ConsentSource}"), ("unsubscribed", Text(subscriber.UnsubscribedAt)),
        };
        foreach (var (name, value) in rows)
            Console.WriteLine($"{name,-20} {value}");
        Console.WriteLine(subscriber.Interests.Count == 0 ? "interests            none: gets what is trending" : "interests");
        foreach (var interest in subscriber.Interests)
            Console.WriteLine($"  {interest}");
        foreach (var problem in Profile.Parse(subscriber.Profile).Problems)
            Console.WriteLine($"  note: {problem}");
        return Task.FromResult(ExitCode.Ok);
    });

    private static Command Edit(VerbContext context)
    {
        var options = new SubscriberArguments();
        var address = new Option<string>("--email") { Description = "The new address." };
        var command = One(context, "edit", "Change what the options say; the rest stays.", [address], async (services, subscriber, parsed, token) =>
        {
            var draft = await options.ReadAsync(parsed, token) with { Email = parsed.GetValue(address) };
            return Tell(await services.GetRequiredService<Subscriptions>().EditAsync(subscriber.Id, draft, token), "changed");
        });
        options.AddTo(command);
        return command;
    }

    private static Command Remove(VerbContext context) =>
        One(context, "remove", "Remove a subscriber and their issues from the database.", [], async (services, subscriber, _, token) =>
        {
            await services.GetRequiredService<Subscriptions>().RemoveAsync(subscriber.Id, token);
            Console.WriteLine($"{subscriber.Email} removed.");
            return ExitCode.Ok;
        });

    private static Command Pause(VerbContext context)
    {
        var until = new Option<DateTimeOffset?>("--until") { Description = "The day on which issues come again (ISO 8601); without it: until resumed.", CustomParser = PointInTime.Parse };
        return One(context, "pause", "Stop the issues for a while.", [until], async (services, subscriber, parsed, token) =>
            Tell(await services.GetRequiredService<Subscriptions>().PauseAsync(subscriber.Id, parsed.GetValue(until), null, token), "paused"));
    }

    private static Command Resume(VerbContext context) =>
        One(context, "resume", "End a pause, or take back somebody who had left and asked to return.", [], async (services, subscriber, _, token) =>
            Tell(await services.GetRequiredService<Subscriptions>().ResumeAsync(subscriber.Id, "resume", token), "active"));

    private static Command One(VerbContext context, string name, string description, Option[] options,
        Func<IServiceProvider, Subscriber, ParseResult, CancellationToken, Task<int>> action)
    {
        var email = Email();
        var command = new Command(name, description) { email };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            var address = parsed.GetRequiredValue(email);
            if (await services.GetRequiredService<SubscriberStore>().FindByAddressAsync(address, token) is { } subscriber)
                return await action(services, subscriber, parsed, token);
            await Console.Error.WriteLineAsync($"There is no subscriber {address}: 'subscriber list' shows them.");
            return ExitCode.Failed;
        }, ct));
        return command;
    }

    private static int Tell(Outcome outcome, string done)
    {
        foreach (var problem in outcome.Problems)
            Console.Error.WriteLine(Wording.Sentence("en", problem));
        if (!outcome.Done)
            return ExitCode.Failed;
        var subscriber = outcome.Subscriber!;
        Console.WriteLine($"{subscriber.Email} {done}, next issue {Text(subscriber.NextDueAt)}.");
        foreach (var problem in Profile.Parse(subscriber.Profile).Problems)
            Console.WriteLine($"Note: {problem}");
        return ExitCode.Ok;
    }

    internal static async IAsyncEnumerable<Subscriber> All(IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<SubscriberStore>();
        for (var afterId = 0L; ;)
        {
            var page = await store.PageAsync(afterId, 1000, cancellationToken);
            if (page.Count == 0)
                yield break;
            foreach (var subscriber in page)
                yield return subscriber;
            afterId = page[^1].Id;
        }
    }

    private static string Text(SubscriberState state) => state.ToString().ToLowerInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "-";
}
