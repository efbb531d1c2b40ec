using System.Diagnostics;
using System.Globalization;
using System.Text;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Bench.Mailbox;

/// <summary>
/// Explains mail after mail and keeps the worst: processor time, memory that the process held at its peak, and what one mail allocates
/// in all (told, not judged: what is let go at once is no growth). The worst mails are kept in the folder for temporary files.
/// </summary>
internal sealed class MailCost
{
    private const double MostSeconds = 3;
    private const long MostGrowth = 200L * 1024 * 1024;

    private readonly Process process = Process.GetCurrentProcess();
    private readonly long held;
    private long peak;
    private TimeSpan slowest;
    private long most;
    private string slowestOf = "", mostOf = "", peakOf = "none";

    public MailCost()
    {
        GC.Collect();
        process.Refresh();
        held = process.WorkingSet64;
        peak = process.PeakWorkingSet64;
    }

    public long Count { get; private set; }

    public int Crashed { get; private set; }

    public bool IsGood => Crashed == 0 && slowest.TotalSeconds <= MostSeconds && Growth <= MostGrowth;

    /// <summary>The peak of the process over what it held before; a peak that was reached before counts too.</summary>
    private long Growth => peak - held;

    public void Measure(string name, byte[] mail)
    {
        // CPU time of the process: other work on the machine is not the mail's fault.
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Explain(mail);
        }
        catch (Exception e)
        {
            Crashed++;
            Console.WriteLine($"CRASH {name}: {e.GetType().Name}: {e.Message}");
            Keep($"crash-{Crashed}", mail);
        }
        process.Refresh();
        var took = process.TotalProcessorTime - cpu;
        var much = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (much > most)
        {
            (most, mostOf) = (much, name);
            Keep("largest", mail);
        }
        if (took > slowest)
        {
            (slowest, slowestOf) = (took, name);
            Keep("slowest", mail);
        }
        if (process.PeakWorkingSet64 > peak)
            (peak, peakOf) = (process.PeakWorkingSet64, name);
        Count++;
    }

    public static void Explain(byte[] mail)
    {
        if (MailUnderstanding.Explain(MailReader.Parse(mail, CancellationToken.None)).Decision.Length == 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(mail.AsSpan(0, Math.Min(200, mail.Length))));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Crashed} crashed; slowest {slowest.TotalSeconds:0.00} s of CPU ({slowestOf}); the process grew by {Growth / 1024 / 1024} MB at its peak (last raised by: {peakOf}); one mail allocates at most {most / 1024 / 1024} MB in all ({mostOf})");

    private static void Keep(string name, byte[] mail) => File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"digest-fuzz-{name}.eml"), mail);
}
