using System.CommandLine;
using System.Data.Common;
using Digest.Templates;
using Digest.Worker.Settings;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary>The command line: every verb is registered here. Exit codes: 0 ok, 1 failed, 2 usage.</summary>
internal static class RootVerb
{
    /// <summary>How long a verb may take to end in order after SIGTERM: an open message must get its final answer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static async Task<int> InvokeAsync(string[] args)
    {
        var asked = Termination.Listen(Grace);
        // An interest or a name may begin with @: it names no file of further arguments.
        var parsed = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Add --help to see what is possible.");
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, asked);
        }
        catch (Exception e) when (e is SettingException or TemplateException or MigrationException or BackupException or DbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Create()
    {
        var context = new VerbContext();
        var root = new RootCommand("Digest mails each subscriber the new research papers that matter to them.");
        root.Options.Add(context.At);
        root.SetAction((parsed, cancellationToken) => ServeVerb.RunAsync(context, parsed, cancellationToken));
        root.Subcommands.Add(ServeVerb.Create(context));
        root.Subcommands.Add(OnceVerb.Create(context));
        root.Subcommands.Add(DemoVerb.Create());
        root.Subcommands.Add(PreviewVerb.Create(context));
        root.Subcommands.Add(TemplateVerb.Create(context));
        root.Subcommands.Add(MigrateVerb.Create(context));
        root.Subcommands.Add(BackupVerb.Create(context));
        root.Subcommands.Add(RestoreVerb.Create(context));
        root.Subcommands.Add(StorageVerb.Create(context));
        root.Subcommands.Add(DoctorVerb.Create(context));
        root.Subcommands.Add(StatsVerb.Create(context));
        root.Subcommands.Add(ConfigVerb.Create(context));
        root.Subcommands.Add(DkimVerb.Create(context));
        root.Subcommands.Add(DeliveriesVerb.Create(context));
        root.Subcommands.Add(ReplayVerb.Create(context));
        root.Subcommands.Add(HealthcheckVerb.Create());
        root.Subcommands.Add(ParseFeedVerb.Create());
        root.Subcommands.Add(ExplainMailVerb.Create());
        root.Subcommands.Add(ExplainMatchVerb.Create());
        root.Subcommands.Add(ExplainProfileVerb.Create(context));
        root.Subcommands.Add(ReceiveVerb.Create(context));
        root.Subcommands.Add(MailboxVerb.Create(context));
        root.Subcommands.Add(PapersVerb.Create(context));
        root.Subcommands.Add(WhyVerb.Create(context));
        root.Subcommands.Add(KeyVerb.Create(context));
        root.Subcommands.Add(SubscriberVerb.Create(context));
        root.Subcommands.Add(SuppressionVerb.Create(context));
        return root;
    }
}
