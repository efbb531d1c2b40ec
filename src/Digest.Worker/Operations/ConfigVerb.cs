using System.CommandLine;
using Digest.Worker.Settings;

namespace Digest.Worker.Operations;

/// <summary><c>config show</c>: every setting as it holds, with where it comes from; what is wrong or unknown stands below.</summary>
internal static class ConfigVerb
{
    public static Command Create(VerbContext context)
    {
        var all = new Option<bool>("--all") { Description = "Also what stands at its default." };
        var show = new Command("show", "Show the settings as they hold and where each comes from; secrets are masked. Exit code 1 when one cannot be used.") { all };
        show.SetAction((parsed, _) => Task.FromResult(Show(context, parsed, parsed.GetValue(all))));
        return new Command("config", "The settings.") { show };
    }

    private static int Show(VerbContext context, ParseResult parsed, bool all)
    {
        var builder = DigestHost.CreateBuilder(context.Clock(parsed), null);
        var settings = EffectiveSettings.All(builder.Configuration).Where(setting => all || setting.Origin != "default").ToList();
        if (settings.Count == 0)
            Console.WriteLine("Every setting stands at its default: --all shows them.");
        else
            Terminal.Table(["setting", "value", "from"], [.. settings.Select(setting => new[] { setting.Key, setting.Value, setting.Origin })]);
        foreach (var line in UnknownSettings.Find(builder.Configuration))
            Console.Error.WriteLine(line);
        var faults = DigestHost.Faults(builder.Configuration);
        foreach (var fault in faults)
            Console.Error.WriteLine(fault.Line);
        return faults.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
