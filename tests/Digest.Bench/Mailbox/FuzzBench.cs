using System.Diagnostics;
using System.Globalization;
using System.Text;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Bench.Mailbox;

/// <summary>
/// Damaged mails for so many minutes: <c>fuzz FOLDER [MINUTES] [SEED]</c>. Tells how many crashed, the slowest and the growth; fails over 3 s,
/// over 200 MB, or at the first exception.
/// </summary>
internal static class FuzzBench
{
    private const double MostSeconds = 3;
    private const long MostGrowth = 200L * 1024 * 1024;

    public static int Run(string[] args)
    {
        if (args is not [var folder, ..])
        {
            Console.Error.WriteLine("fuzz FOLDER [MINUTES] [SEED]");
            return 2;
        }
        var minutes = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        var mails = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(mail => mail.Length > 0).ToList();
        var random = new Random(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
        foreach (var mail in mails)
            Explain(mail);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (crashed, slowest, count, most) = (0, TimeSpan.Zero, 0L, 0L);
        var (slowestOf, mostOf) = ("", "");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMinutes < minutes;)
        {
            var original = mails[random.Next(mails.Count)];
            var (name, mail) = MailDamage.Next(original, mails, random);
            var thread = Process.GetCurrentProcess().TotalProcessorTime;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Explain(mail);
            }
            catch (Exception e)
            {
                crashed++;
                Console.WriteLine($"CRASH {name}: {e.GetType().Name}: {e.Message}");
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"digest-fuzz-{crashed}.eml"), mail);
            }
            // What one mail allocates in all is more than what it ever holds.
            if (GC.GetAllocatedBytesForCurrentThread() - allocated is var much && much > most)
            {
                (most, mostOf) = (much, name);
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), "digest-fuzz-largest.eml"), mail);
            }
            // CPU time: other work on the machine is not the mail's fault.
            var took = Process.GetCurrentProcess().TotalProcessorTime - thread;
            if (took > slowest)
            {
                (slowest, slowestOf) = (took, $"{name}, {mail.Length} octets");
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), "digest-fuzz-slowest.eml"), mail);
            }
            count++;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} damaged mails of {mails.Count} in {minutes:0.#} minutes: {crashed} crashed; slowest {slowest.TotalSeconds:0.00} s of CPU ({slowestOf}); one mail allocates at most {most / 1024 / 1024} MB in all ({mostOf}), {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024} MB stay"));
        return crashed == 0 && slowest.TotalSeconds <= MostSeconds && most <= MostGrowth ? 0 : 1;
    }

    private static void Explain(byte[] mail)
    {
        if (MailUnderstanding.Explain(MailReader.Parse(mail, CancellationToken.None)).Decision.Length == 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(mail.AsSpan(0, Math.Min(200, mail.Length))));
    }
}
