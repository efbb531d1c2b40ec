using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Bench.Delivery;

/// <summary>
/// <c>delivery [MAILS]</c>: stored issues of 20 papers through outbox, templates, DKIM, limits, marks and SMTP into a smtp-sink on this machine, in
/// turn with others. The last line is JSON; figures that were not taken are null. <c>delivery alone [MAILS]</c> does it without the others, and
/// <c>delivery stages [MAILS]</c> tells what each stage costs.
/// </summary>
internal static class DeliveryBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var stages = arguments is ["stages", ..];
        var alone = arguments is ["alone", ..];
        var mails = arguments is [.., var count] && int.TryParse(count, CultureInfo.InvariantCulture, out var asked) ? asked : stages ? 1_000 : 5_000;
        if (!File.Exists("/usr/sbin/smtp-sink"))
        {
            await Console.Error.WriteLineAsync("smtp-sink (Debian: postfix) is not installed here");
            return 2;
        }
        var port = Ports.Free();
        using var sink = Process.Start(new ProcessStartInfo("/usr/sbin/smtp-sink", ["-u", "root", $"127.0.0.1:{port}", "256"]) { RedirectStandardError = true })!;
        try
        {
            await ListeningAsync(port);
            if (stages)
                return await StagesBench.RunAsync(Smtp(port, signed: true), mails);
            // Warm: what is measured is the service that runs, not the compiler.
            await OneAsync(port, Math.Min(mails, 3_000), signed: true, sink);
            if (alone)
            {
                for (var i = 0; i < (mails > 20_000 ? 1 : 6); i++)
                    await OneAsync(port, mails, signed: i % 2 == 0, sink);
                Console.WriteLine($"peak {PeakMegabytes()} MB");
                return 0;
            }
            using var peers = new Peers(await ContentAsync());
            var rounds = new List<Round>();
            for (var i = 0; i < (mails > 20_000 ? 1 : 3); i++)
                rounds.Add(await RoundAsync(port, mails, sink, peers));
            var (signed, unsigned) = (Median(rounds, round => round.Signed), Median(rounds, round => round.Unsigned));
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["messages"] = mails,
                ["signed"] = true,
                ["per_second"] = Math.Round(signed.PerSecond),
                ["cpu_us_per_mail"] = Math.Round(signed.CpuMicroseconds),
                ["unsigned_per_second"] = Math.Round(unsigned.PerSecond),
                ["nodemailer_per_second"] = Median(rounds, round => round.Nodemailer),
                ["python_per_second"] = Median(rounds, round => round.Python),
                ["smtp_source_per_second"] = Median(rounds, round => round.Source),
                ["peak_mb"] = PeakMegabytes(),
                ["mark_share"] = Math.Round(await MarksAloneAsync(Math.Min(mails, 10_000)) * signed.PerSecond, 3),
            }));
            return 0;
        }
        finally
        {
            sink.Kill();
        }
    }

    /// <summary>All competitors in the same minute, one after the other.</summary>
    private static async Task<Round> RoundAsync(int port, int mails, Process sink, Peers peers)
    {
        var unsigned = await OneAsync(port, mails, signed: false, sink);
        var node = peers.NodemailerPerSecond(port, Math.Min(mails, 1_500));
        var signed = await OneAsync(port, mails, signed: true, sink);
        var python = peers.PythonPerSecond(port, Math.Min(mails, 300), matching: true);
        var sending = peers.PythonPerSecond(port, Math.Min(mails, 300), matching: false);
        var source = await SourceAsync(port, Math.Min(mails, 10_000), signed.Octets);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nodemailer {node:0}, python {python:0} ({sending:0} when it need not choose the papers), smtp-source {source:0} mails/s, each {signed.Octets} octets"));
        return new Round(signed, unsigned, node, python, source);
    }

    private static long PeakMegabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;

    private static async Task<RenderedMail> ContentAsync()
    {
        await using var place = await BenchInstallation.CreateAsync([], 1);
        return (await place.Get<MailComposition>().RenderAsync(BenchInstallation.Mail(1), CancellationToken.None))!;
    }

    private static Figures Median(List<Round> rounds, Func<Round, Figures> which) => rounds.Select(which).OrderBy(figures => figures.PerSecond).ElementAt(rounds.Count / 2);

    private static double? Median(List<Round> rounds, Func<Round, double?> which) =>
        rounds.Select(which).Order().ElementAt(rounds.Count / 2) is { } middle ? Math.Round(middle) : null;

    private static async Task<Figures> OneAsync(int port, int mails, bool signed, Process sink)
    {
        await using var place = await BenchInstallation.CreateAsync(Smtp(port, signed), mails);
        var (allocated, pauses, small, large) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), GC.CollectionCount(0), GC.CollectionCount(2));
        var (cpu, sinkCpu) = (Process.GetCurrentProcess().TotalProcessorTime, sink.TotalProcessorTime);
        var watch = Stopwatch.StartNew();
        var report = await place.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        watch.Stop();
        if (report.Sent != mails)
            throw new InvalidOperationException($"{report.Sent} of {mails} were sent: {report}");
        sink.Refresh();
        var figures = new Figures(
            mails / watch.Elapsed.TotalSeconds,
            (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / mails,
            (sink.TotalProcessorTime - sinkCpu).TotalMicroseconds / mails,
            place.Octets);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(signed ? "signed" : "unsigned"),-9} {figures.PerSecond:0} mails/s, {figures.CpuMicroseconds:0} us CPU a mail, the sink {figures.SinkMicroseconds:0} us; {(GC.GetTotalAllocatedBytes() - allocated) / mails / 1_000} kB allocated a mail, {(GC.GetTotalPauseDuration() - pauses).TotalMicroseconds / mails:0} us of pauses a mail ({GC.CollectionCount(0) - small} collections, {GC.CollectionCount(2) - large} of all)"));
        return figures;
    }

    /// <summary>Seconds a mail for marks and results alone, asked by eight at a time as the connections do.</summary>
    private static async Task<double> MarksAloneAsync(int mails)
    {
        await using var place = await BenchInstallation.CreateAsync([], mails);
        var claimed = await place.Get<ClaimStore>().ClaimAsync("bench", mails, place.Get<TimeProvider>().GetUtcNow(), TimeSpan.FromHours(1), CancellationToken.None);
        var journal = place.Get<OutboxJournal>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (mail, _) =>
        {
            await journal.MarkAsync(new InDoubtMark(mail.Id, "bench", "id@bench", BenchInstallation.Now.AddHours(1)));
            await journal.SettleAsync("bench", new Settlement(mail.Id, OutboxState.InDoubt, OutboxState.Sent, "250"));
        });
        return watch.Elapsed.TotalSeconds / mails;
    }

    private static async Task<double> SourceAsync(int port, int mails, long octets)
    {
        var watch = Stopwatch.StartNew();
        using var source = Process.Start("/usr/sbin/smtp-source", ["-s", "4", "-m", $"{mails}", "-l", $"{octets}", "-d", $"127.0.0.1:{port}"]);
        await source.WaitForExitAsync();
        return mails / watch.Elapsed.TotalSeconds;
    }

    private static Dictionary<string, string?> Smtp(int port, bool signed)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = $"{port}",
            ["Smtp:Connections"] = Environment.GetEnvironmentVariable("BENCH_CONNECTIONS") ?? "8",
            // Limits on, and wide enough to hold up nothing.
            ["Delivery:PerSecond"] = "1000000",
            ["Delivery:DomainConnections"] = "1000",
            ["Web:PublicUrl"] = "https://digest.example.org",
        };
        if (!signed)
            return settings;
        var folder = Directory.CreateTempSubdirectory("digest-bench-keys-").FullName;
        foreach (var (key, pair) in new[] { ("Dkim:KeyFile", DkimKeyPair.CreateRsa()), ("Dkim:Ed25519KeyFile", DkimKeyPair.CreateEd25519()) })
        {
            settings[key] = Path.Combine(folder, key[5..]);
            File.WriteAllText(settings[key]!, pair.Pem);
        }
        return settings;
    }

    private static async Task ListeningAsync(int port)
    {
        for (var i = 0; i < 50; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new InvalidOperationException("smtp-sink did not come up");
    }

    private sealed record Round(Figures Signed, Figures Unsigned, double? Nodemailer, double? Python, double? Source);

    private sealed record Figures(double PerSecond, double CpuMicroseconds, double SinkMicroseconds, long Octets);
}
