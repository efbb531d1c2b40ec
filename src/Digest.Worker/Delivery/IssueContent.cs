using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Renders issues from their stored choice.</summary>
internal sealed class IssueContent(IssueStore issues, IssueRendering rendering, SenderOptions sender) : IMailContent
{
    public bool Renders(MailKind kind) => kind == MailKind.Issue;

    public async Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken) =>
        // Without its papers it was taken back after it expired: they are in a later issue.
        mail.IssueId is { } id && await issues.FindAsync(id, cancellationToken) is { } issue && issue.IsWhole ? rendering.Render(issue, sender.Name, footer) : null;
}
