using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Tests.Support;
using MimeKit;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>
/// The other side's account of the month: from what the providers have shown and when, and from arXiv's calendar in plain words, it knows what each
/// receipt has to say. It shares nothing with the code that it judges.
/// </summary>
internal sealed class PlayedAccount(PlayedMonth month, PlayedProviders providers, Installation installation, IReadOnlyList<PlayedReader> readers)
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private readonly Dictionary<DateOnly, DateTimeOffset> whole = [];
    private readonly Dictionary<long, DateTimeOffset?> due = [];
    private readonly HashSet<string> seen = [];

    /// <summary>Notes which days are shown in full by now.</summary>
    public void LookAt(DateTimeOffset now)
    {
        var shown = providers.Shown.Where(paper => paper.Full).Select(paper => paper.Id).ToHashSet();
        foreach (var day in month.Papers.Select(paper => paper.Day).Distinct().Where(day => !whole.ContainsKey(day)))
            if (month.Of(day).All(paper => shown.Contains(paper.Id)))
                whole[day] = now;
    }

    /// <summary>Delivers, and holds every mail to the account.</summary>
    public async Task CheckAsync(DateTimeOffset now)
    {
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var pickup = Path.Combine(installation.Folder, "pickup");
        var mails = (Directory.Exists(pickup) ? Directory.GetFiles(pickup, "*.eml") : []).Where(seen.Add).Select(path => MimeMessage.Load(path)).ToLookup(mail => mail.To.Mailboxes.Single().Address);
        foreach (var reader in readers)
        {
            var next = (await Support.Readers.FindAsync(installation, reader.Id)).NextDueAt;
            if (due.TryGetValue(reader.Id, out var before) && before == next)
            {
                Assert.Empty(mails[reader.Email]);
                continue;
            }
            if (due.ContainsKey(reader.Id))
                reader.Check(providers.Shown, mails[reader.Email].SingleOrDefault(), Gaps(now, reader.Last), now);
            due[reader.Id] = next;
        }
    }

    /// <summary>The days that should be there and are not, and those that came after their deadline since the issue before.</summary>
    private List<string> Gaps(DateTimeOffset now, DateTimeOffset since)
    {
        var missing = new List<DateOnly>();
        var late = new List<DateOnly>();
        var part = new List<DateOnly>();
        foreach (var day in month.Papers.Select(paper => paper.Day).Distinct().Order())
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            var expected = new DateTimeOffset(midnight, NewYork.GetUtcOffset(midnight));
            if (expected > now)
                break;
            if (!whole.TryGetValue(day, out var time))
                (month.Of(day).Any(paper => providers.Shown.Any(shown => shown.Full && shown.Id == paper.Id)) ? part : missing).Add(day);
            else if (time >= expected.AddHours(6) && time > since)
                late.Add(day);
        }
        var lines = new List<string>();
        foreach (var (label, of, list) in new[] { ("Missing", "", missing), ("Missing", "of ", part), ("Late", "", late) })
            if (list.Count > 0)
                lines.Add(list.Count == 1 ? $"{label}: {of}arXiv of {Short(list[0])}" : $"{label}: {of}{list.Count} days of arXiv ({string.Join(", ", list.Select(Short))})");
        return lines;
    }

    private static string Short(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}
