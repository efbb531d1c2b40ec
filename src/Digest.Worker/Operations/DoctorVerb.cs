using System.CommandLine;
using Digest.Worker.Health;
using Digest.Worker.Settings;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary><c>doctor</c>: one line for everything that must be right, each ok, warning or failure with its remedy. Exit code 1 when something failed.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbContext context)
    {
        var to = new Option<string?>("--to") { Description = "Also send a test mail there.", HelpName = "EMAIL" };
        var command = new Command("doctor", "Look at everything that the service needs, and say what to do where something is wrong.") { to };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var clock = context.Clock(parsed);
            var configuration = DigestHost.CreateBuilder(clock, null).Configuration;
            var faults = DigestHost.Faults(configuration);
            foreach (var line in UnknownSettings.Find(configuration))
                Tell(new CheckResult("settings", CheckState.Warning, line) { Remedy = "Correct its name, or take it away." });
            foreach (var fault in faults)
                Tell(new CheckResult("settings", CheckState.Failure, fault.Line) { Remedy = "Correct it: the service does not start with it." });
            if (faults.Count > 0)
            {
                Tell(CheckResult.Skipped("all else", "Not looked at before the settings above can be used."));
                return ExitCode.Failed;
            }
            Tell(CheckResult.Ok("settings", "Every setting can be used."));
            await using var app = DigestHost.Build(clock);
            var (failed, usable) = (false, true);
            try
            {
                await app.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
                // Without its key the installation has no links and no Message-IDs of its own.
                app.Services.GetRequiredService<InstallationKey>();
            }
            catch (Exception e) when (e is MigrationException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                usable = false;
                failed = Tell(new CheckResult("installation", CheckState.Failure, e.Message) { Remedy = "Until then nothing can be sent; the rest is looked at all the same." });
            }
            var doctor = app.Services.GetRequiredService<Doctor>();
            await foreach (var result in doctor.LookAsync(usable, cancellationToken))
                failed |= Tell(result);
            if (usable && parsed.GetValue(to) is { } recipient)
                failed |= Tell(await app.Services.GetRequiredService<TestMail>().SendAsync(recipient, cancellationToken));
            return failed ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }

    /// <returns>True for a failure.</returns>
    private static bool Tell(CheckResult result)
    {
        var state = result.State switch { CheckState.Ok => "ok", CheckState.Skipped => "-", CheckState.Warning => "WARNING", _ => "FAILURE" };
        Console.WriteLine($"{state,-8} {result.Key,-12} {Plain(result.Said)}{(result.Detail is { Length: > 0 } detail ? $" {Plain(detail)}" : "")}");
        if (result.State is CheckState.Warning or CheckState.Failure && result.Remedy.Length > 0)
            Console.WriteLine($"{"",-21} -> {Plain(result.Remedy)}");
        return result.State == CheckState.Failure;
    }

    // A server's words are somebody else's: nothing in them may move the terminal's cursor.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
