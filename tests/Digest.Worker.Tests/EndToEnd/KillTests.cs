using System.Diagnostics;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.EndToEnd;

/// <summary>The program is killed (SIGKILL) between and inside harvest, compose and delivery; in the end every reader has what an undisturbed run gives them.</summary>
public sealed class KillTests
{
    private const int Readers = 40;
    private const int KillsADay = 8;
    private static readonly string[] Days = ["2026-01-26", "2026-01-27"];

    [FactWith<RealData>]
    public async Task Killed_sixteen_times_nothing_is_lost_and_nothing_comes_twice()
    {
        var source = new[] { ("Papers:Sources:0:Name", "week"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", (string?)RealData.Path("week")) };
        using var calm = new DigestProgram(source);
        using var killed = new DigestProgram(source);
        foreach (var program in new[] { calm, killed })
            await program.MustAsync("subscriber", "import", program.Write("readers.csv", RealProfiles.Csv(Readers)), "--at", "2026-01-25T20:00:00Z");

        var random = new Random(15);
        var (kills, inDelivery) = (0, 0);
        foreach (var day in Days)
        {
            var before = PickedUp.All(calm.Pickup).Count;
            var watch = Stopwatch.StartNew();
            await calm.MustAsync("once", "--at", $"{day}T20:00:00Z");
            var (whole, mails) = (watch.Elapsed, PickedUp.All(calm.Pickup).Count - before);

            for (var kill = 0; kill < KillsADay; kill++)
            {
                using var run = killed.Start("once", "--at", $"{day}T20:00:00Z");
                var goal = before + random.Next(1, Math.Max(2, mails));
                // By the clock in every second run, so that it falls into any step; by what was delivered in the others.
                if (kill % 2 == 0)
                    await Task.WhenAny(run.WaitForExitAsync(), Task.Delay(whole * (0.2 + (0.7 * random.NextDouble()))));
                else
                    while (!run.HasExited && Delivered(killed) < goal)
                        await Task.Delay(1);
                if (run.HasExited)
                    continue;
                run.Kill();
                await run.WaitForExitAsync();
                kills++;
                if (Delivered(killed) > before && Delivered(killed) < before + mails)
                    inDelivery++;
            }
            await killed.MustAsync("once", "--at", $"{day}T20:00:00Z");
            Assert.Equal(Told(calm), Told(killed));
        }
        Assert.True(kills >= 5, $"only {kills} runs were killed");
        Assert.True(inDelivery > 0, "no run was killed in the middle of its deliveries");
    }

    private static int Delivered(DigestProgram program) => Directory.Exists(program.Pickup) ? Directory.GetFiles(program.Pickup, "*.eml").Length : 0;

    private static List<string> Told(DigestProgram program) =>
        [.. PickedUp.All(program.Pickup).Select(mail => $"{mail.Recipient} {mail.Day} {string.Join(' ', mail.InText)}").Order(StringComparer.Ordinal)];
}
