using System.Collections.Concurrent;
using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// Renders issues from their stored choice, which is read for a whole claim at once. What finds no room in the mail is stored as not sent before
/// the mail leaves.
/// </summary>
internal sealed class IssueContent(IssueStore store, IssueReadingStore issues, IssueRendering rendering, IssueExtras extras, IssuesOptions options, SenderOptions sender, TimeProvider time) : IMailContent
{
    /// <summary>A weekly reader must still be offered what found no room.</summary>
    private const int LeastDaysOwed = 8;

    private readonly ConcurrentDictionary<long, Issue> ahead = [];

    public int ReadAhead => ahead.Count;

    public bool Renders(MailKind kind) => kind == MailKind.Issue;

    public async Task PrepareAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var issue in await issues.FindAsync([.. mails.Where(mail => Renders(mail.Kind)).Select(mail => mail.IssueId ?? 0)], cancellationToken))
                ahead[issue.Id] = issue;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or KeyNotFoundException or FormatException)
        {
            // One of them is broken: each is read by itself when its turn comes, and the fault stays with it.
        }
    }

    public void Forget(ClaimedMail mail) => ahead.TryRemove(mail.IssueId ?? 0, out _);

    public void Forget() => ahead.Clear();

    public async Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken)
    {
        if (mail.IssueId is not { } id)
            return null;
        if (!ahead.TryRemove(id, out var issue))
            issue = await issues.FindAsync([id], cancellationToken) is [var one] ? one : null;
        // Without its papers it was taken back after it expired: they are in a later issue.
        if (issue is not { IsWhole: true })
            return null;
        while (true)
        {
            var content = rendering.Render(issue, sender.Name, footer);
            var shown = content.Shown.TakeWhile(how => how != ShownAs.Not).Count();
            if (shown == content.Shown.Count)
                return extras.Add(issue, content);
            // Rendered again without them: a repeat must find the same issue and give the same octets.
            issue = await store.OweAsync(issue, shown, time.GetUtcNow(), time.GetUtcNow().AddDays(Math.Max(options.HoldOverDays, LeastDaysOwed)), cancellationToken);
        }
    }
}
