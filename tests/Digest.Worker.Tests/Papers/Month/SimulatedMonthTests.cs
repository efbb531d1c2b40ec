using System.Globalization;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>A month at the wire: every paper reaches a reader exactly once, and every receipt is true.</summary>
public sealed class SimulatedMonthTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromHours(1);

    [Fact]
    public async Task Every_paper_comes_once_and_every_receipt_is_true()
    {
        var clock = new SkippingClock(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));
        var month = new PlayedMonth();
        var providers = new PlayedProviders(month, clock);
        await using var server = await LoopbackHttp.StartAsync(providers.AnswerAsync, clock);
        await using var room = await PapersRoom.OpenAsync(clock,
            ("Deadline", "06:00:00"), ("Holidays:0", "2026-03-17"), ("BackfillUrl", $"{server.Url}/oai"),
            ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Name", "arXiv"), ("Sources:0:Url", $"{server.Url}/rss"),
            ("Sources:0:Categories:0", "cs.CL"), ("Sources:0:Categories:1", "cs.LG"), ("Sources:0:Categories:2", "stat.ML"),
            ("Sources:1:Kind", "huggingface"), ("Sources:1:Name", "HF"), ("Sources:1:Url", $"{server.Url}/api/daily_papers"));
        // Two readers, at 08:00 and at 13:00 UTC: before and after the deadline, which is 11:00 in winter and 10:00 in summer time.
        var readers = new[] { new Reader(room, 8), new Reader(room, 13) };
        for (var time = clock.GetUtcNow(); time < new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero); time += Tick)
        {
            if (time.Hour is not (0 or (>= 4 and <= 13) or 20))
                continue;
            clock.Set(time);
            await room.HarvestAsync();
            foreach (var reader in readers)
                await reader.ReadAsync(time);
        }

        var announced = month.Papers.Select(paper => paper.Id)
            .Concat(Days().Where(PlayedMonth.IsBatchDay).Select(day => PlayedProviders.Foreign(day).Id)).Order(StringComparer.Ordinal).ToList();
        foreach (var reader in readers)
        {
            clock.Set(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
            await reader.TakeAsync();
            Assert.Equal(announced, reader.Papers.Order(StringComparer.Ordinal));
        }

        Assert.Equal(Told(
            "5 waited 10:00", "10 waited 10:00 arXiv 10 failed", "11 waited 10:00 arXiv 10 failed, arXiv 11 failed", "12 waited no arXiv 10 whole, arXiv 11 whole",
            "19 waited 10:00 arXiv 19 not yet", "20 waited no arXiv 19 whole"), readers[0].Told);
        Assert.Equal(Told("10 waited no arXiv 10 failed", "11 waited no arXiv 10 failed, arXiv 11 failed", "12 waited no arXiv 10 whole, arXiv 11 whole", "19 waited no arXiv 19 whole"), readers[1].Told);
        var batches = (await room.Get<BatchStore>().SinceAsync(PlayedMonth.First, CancellationToken.None)).Where(batch => batch.Source == "arXiv").ToList();
        Assert.All(batches, batch => Assert.Equal(PlayedMonth.IsBatchDay(batch.Day) ? BatchState.Whole : BatchState.Holiday, batch.State));
        Assert.Equal(Days().Where(PlayedMonth.IsBatchDay), batches.Where(batch => batch.State == BatchState.Whole).Select(batch => batch.Day));
        Assert.Contains(server.Asked, asked => asked.Headers.ContainsKey("If-None-Match"));
    }

    private static IEnumerable<DateOnly> Days()
    {
        for (var day = PlayedMonth.First; day <= PlayedMonth.Last; day = day.AddDays(1))
            yield return day;
    }

    private static string[] Told(params string[] lines) => lines;

    /// <summary>Reads what arrived once a day from an hour on, as soon as the verdict allows it, and keeps the receipts that say something.</summary>
    private sealed class Reader(PapersRoom room, int hour)
    {
        private long watermark;
        private DateOnly last;
        private DateTimeOffset since = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        private bool waited;

        public List<string> Papers { get; } = [];

        public List<string> Told { get; } = [];

        public async Task ReadAsync(DateTimeOffset time)
        {
            var day = DateOnly.FromDateTime(time.UtcDateTime);
            if (day == last || time.Hour < hour)
                return;
            if (!(await room.Get<BatchReading>().VerdictAsync(CancellationToken.None)).Ready)
            {
                waited = true;
                return;
            }
            var receipt = await room.Get<BatchReading>().ReceiptAsync(watermark, since, CancellationToken.None);
            var gaps = string.Join(", ", receipt.Gaps.Select(gap => $"{gap.Source} {gap.Day.Day} {BatchStates.ToText(gap.State)}"));
            if (waited || gaps.Length > 0)
                Told.Add($"{day.Day} waited {(waited ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : "no")} {gaps}".TrimEnd());
            Assert.Equal(receipt.Announced, await TakeAsync());
            (last, since, waited) = (day, time, false);
        }

        public async Task<int> TakeAsync()
        {
            var papers = await room.Store.NewerThanAsync(watermark, CancellationToken.None);
            Papers.AddRange(papers.Select(paper => paper.ShortId));
            watermark = await room.Store.HighestIdAsync(CancellationToken.None);
            return papers.Count;
        }
    }
}
