using System.Diagnostics;
using System.Globalization;

namespace Digest.Bench.Mailbox;

/// <summary>
/// Damaged mails: <c>fuzz FOLDER [MINUTES] [SEED]</c> takes mails and damage by chance; <c>fuzz FOLDER each [SEED]</c> does every named damage
/// to every mail, with 100 truncations each. Fails at a crash, over 3 s of CPU for a mail, or when the process grows by more than 200 MB.
/// On a machine with much memory the collector lets garbage lie; <c>DOTNET_GCHeapHardLimit=C000000</c> gives it what a container of 256 MB does.
/// </summary>
internal static class FuzzBench
{
    public static int Run(string[] args)
    {
        if (args is not [var folder, ..])
        {
            Console.Error.WriteLine("fuzz FOLDER [MINUTES|each] [SEED]");
            return 2;
        }
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => new FileInfo(file).Length > 0).ToList();
        var mails = files.ConvertAll(File.ReadAllBytes);
        var random = new Random(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
        foreach (var mail in mails)
            MailCost.Explain(mail);
        var cost = new MailCost();
        var watch = Stopwatch.StartNew();
        if (args is [_, "each", ..])
        {
            for (var i = 0; i < mails.Count; i++)
                foreach (var (name, mail) in MailDamage.Each(mails[i], random))
                    cost.Measure($"{name} of {Path.GetFileName(files[i])}", mail);
        }
        else
        {
            for (var minutes = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10; watch.Elapsed.TotalMinutes < minutes;)
            {
                var (name, mail) = MailDamage.Next(mails[random.Next(mails.Count)], mails, random);
                cost.Measure($"{name}, {mail.Length} octets", mail);
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cost.Count} damaged mails of {mails.Count} in {watch.Elapsed.TotalMinutes:0.0} minutes: {cost}"));
        return cost.IsGood ? 0 : 1;
    }
}
