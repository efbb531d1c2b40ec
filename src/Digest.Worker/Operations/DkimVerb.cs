using System.CommandLine;
using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;

namespace Digest.Worker.Operations;

/// <summary><c>dkim keygen</c>: makes the keys that sign our mail and prints the DNS records that let others check it.</summary>
internal static class DkimVerb
{
    public static Command Create(VerbContext context)
    {
        var folder = new Option<string>("--out") { Description = "The folder for the private keys.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
        var keygen = new Command("keygen", "Make an RSA-2048 and an Ed25519 key and print their DNS records.") { folder };
        keygen.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = DigestHost.Build(context.Clock(parsed));
            var options = app.Services.GetRequiredService<DkimOptions>();
            var domain = options.Domain ?? app.Services.GetRequiredService<SenderOptions>().Domain;
            var place = parsed.GetValue(folder)!;
            await WriteAsync("Dkim:KeyFile", DkimKeyPair.CreateRsa(), place, options.Selector, domain, cancellationToken);
            await WriteAsync("Dkim:Ed25519KeyFile", DkimKeyPair.CreateEd25519(), place, options.Ed25519Selector, domain, cancellationToken);
            return ExitCode.Ok;
        });
        var record = new Command("record", "Print the DNS records of the keys that sign now.");
        record.SetAction(async (parsed, _) =>
        {
            await using var app = DigestHost.Build(context.Clock(parsed));
            var options = app.Services.GetRequiredService<DkimOptions>();
            var domain = MailDomain.ToAscii(options.Domain ?? app.Services.GetRequiredService<SenderOptions>().Domain);
            foreach (var key in PublicKeys.Of(options))
                Console.WriteLine(new DkimKeyPair("", key.Record).ZoneLine(key.Selector, domain));
            return ExitCode.Ok;
        });
        return new Command("dkim", "Signatures that prove where our mail comes from.") { keygen, record };
    }

    private static async Task WriteAsync(string key, DkimKeyPair pair, string folder, string selector, string domain, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, $"dkim-{selector}.pem"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // CreateNew: a key whose record is in the DNS must not be lost to a second run.
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(path, mode))
            await writer.WriteAsync(pair.Pem.AsMemory(), cancellationToken);
        Console.WriteLine($"# {key}={path}");
        Console.WriteLine(pair.ZoneLine(selector, MailDomain.ToAscii(domain)));
    }
}
