using System.Diagnostics;
using System.Globalization;
using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;

namespace Digest.Bench.Delivery;

/// <summary><c>delivery stages [MAILS]</c>: what each stage of making a mail costs, one thread, in microseconds of CPU and memory allocated a mail.</summary>
internal static class StagesBench
{
    public static async Task<int> RunAsync(Dictionary<string, string?> settings, int mails)
    {
        await using var place = await BenchInstallation.CreateAsync(settings, mails);
        var issues = new Issue[mails];
        var contents = new RenderedMail[mails];
        var (store, rendering, doors, builder) = (place.Get<IssueStore>(), place.Get<IssueRendering>(), place.Get<ReaderDoors>(), place.Get<MessageBuilder>());
        var built = new OutgoingMail[mails];
        for (var round = 0; round < 6; round++)
        {
            await MeasureAsync("read the choice", mails, async i => issues[i] = (await store.FindAsync(i + 1, CancellationToken.None))!);
            var some = place.Get<IssueReadingStore>();
            await MeasureAsync("of that: 128 at a time", mails / 128, async i => await some.FindAsync([.. Enumerable.Range(i * 128 + 1, 128).Select(id => (long)id)], CancellationToken.None));
            await MeasureAsync("render", mails, i => { contents[i] = rendering.Render(issues[i], "Digest", doors.Footer(BenchInstallation.Mail(i + 1))); return Task.CompletedTask; });
            await MeasureAsync("build and sign", mails, i => { built[i] = builder.Build(BenchInstallation.Mail(i + 1), contents[i], eightBit: true); return Task.CompletedTask; });
            await MeasureAsync("of that: body hash", mails, i => { RelaxedBody.Hash(built[i].Body.Span); return Task.CompletedTask; });
            await MeasureAsync("of that: both signatures", mails, i => { place.Get<DkimSignatures>().Sign(built[i].Headers, "x"u8); return Task.CompletedTask; });
            await using (var session = place.Get<ITransport>().Open())
            {
                await session.ConnectAsync(CancellationToken.None);
                await MeasureAsync("send", Math.Min(mails, 2_000), async i =>
                {
                    await session.ConnectAsync(CancellationToken.None);
                    await session.SendAsync(_ => built[i], _ => Task.FromResult(true));
                });
            }
            var journal = place.Get<OutboxJournal>();
            var presence = place.Get<WorkerPresence>();
            var claimed = await place.Get<ClaimStore>().ClaimAsync(presence.Worker, mails / 6, place.Get<TimeProvider>().GetUtcNow(), TimeSpan.FromHours(1), CancellationToken.None);
            await MeasureAsync("mark and result, 8 at a time", claimed.Count, _ => Task.CompletedTask, () => Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (mail, _) =>
            {
                await journal.MarkAsync(new InDoubtMark(mail.Id, presence.Worker, "id@bench", BenchInstallation.Now.AddHours(1)));
                await journal.SettleAsync(presence.Worker, new Settlement(mail.Id, OutboxState.InDoubt, OutboxState.Sent, "250 2.0.0 Ok: queued as 4BX") { CountedFor = mail.Domain });
            }));
        }
        return 0;
    }

    private static async Task MeasureAsync(string stage, int mails, Func<int, Task> one, Func<Task>? all = null)
    {
        var (cpu, allocated, watch) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        if (all is not null)
            await all();
        else
            for (var i = 0; i < mails; i++)
                await one(i);
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / mails;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage,-30} {used,7:0} us CPU, {watch.Elapsed.TotalMicroseconds / mails,7:0} us, {(GC.GetTotalAllocatedBytes() - allocated) / mails / 1_000.0,6:0.0} kB allocated"));
    }
}
