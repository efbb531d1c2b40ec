using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Renders issues from their stored choice. What finds no room in the mail is stored as not sent before the mail leaves.</summary>
internal sealed class IssueContent(IssueStore issues, IssueRendering rendering, IssuesOptions options, SenderOptions sender, TimeProvider time) : IMailContent
{
    /// <summary>A weekly reader must still be offered what found no room.</summary>
    private const int LeastDaysOwed = 8;

    public bool Renders(MailKind kind) => kind == MailKind.Issue;

    public async Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken)
    {
        // Without its papers it was taken back after it expired: they are in a later issue.
        if (mail.IssueId is not { } id || await issues.FindAsync(id, cancellationToken) is not { IsWhole: true } issue)
            return null;
        while (true)
        {
            var content = rendering.Render(issue, sender.Name, footer);
            var shown = content.Shown.TakeWhile(how => how != ShownAs.Not).Count();
            if (shown == content.Shown.Count)
                return content;
            // Rendered again without them: a repeat must find the same issue and give the same octets.
            issue = await issues.OweAsync(issue, shown, time.GetUtcNow().AddDays(Math.Max(options.HoldOverDays, LeastDaysOwed)), cancellationToken);
        }
    }
}
