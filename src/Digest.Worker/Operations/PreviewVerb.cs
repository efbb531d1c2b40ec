using System.CommandLine;
using Digest.Worker.Delivery;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>preview --to EMAIL [--out FOLDER]</c>: the issue this subscriber would get now. Sends nothing, changes nothing.</summary>
internal static class PreviewVerb
{
    public static Command Create(VerbContext context)
    {
        var to = new Option<string>("--to") { Description = "The subscriber's address.", Required = true };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Write preview.eml, preview.html and preview.txt there; without it the text part is printed." };
        var command = new Command("preview", "Show the issue that a subscriber would get now, without sending or changing anything.") { to, folder };
        command.SetAction((parsed, ct) => context.RunAsync(parsed, (services, token) => RunAsync(services, parsed.GetRequiredValue(to), parsed.GetValue(folder), token), ct));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string email, DirectoryInfo? folder, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<SubscriberStore>().FindByAddressAsync(email, cancellationToken) is not { } subscriber)
        {
            await Console.Error.WriteLineAsync($"There is no subscriber {email}: 'subscriber list' shows them.");
            return ExitCode.Failed;
        }
        var (issue, content, mail) = await services.GetRequiredService<Preview>().NowAsync(subscriber, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
        if (folder is null)
        {
            Console.WriteLine($"Subject: {content.Subject}\n\n{content.Text}");
            return ExitCode.Ok;
        }
        folder.Create();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "preview.html"), content.Html, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "preview.txt"), content.Text, cancellationToken);
        await using (var file = File.Create(Path.Combine(folder.FullName, "preview.eml")))
            mail.WriteTo(file);
        Console.WriteLine($"{issue.Choices.Count} papers: preview.eml, preview.html and preview.txt in {folder.FullName}");
        return ExitCode.Ok;
    }
}
