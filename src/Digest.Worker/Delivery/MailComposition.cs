using Digest.Templates;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>From an outbox row to its rendered content, by whoever renders its kind.</summary>
internal sealed class MailComposition(IEnumerable<IMailContent> contents, ReaderDoors doors)
{
    private readonly IMailContent[] all = [.. contents];

    /// <returns>Null when what the mail tells about is no longer there.</returns>
    public Task<RenderedMail?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var content = Array.Find(all, one => one.Renders(mail.Kind)) ?? throw new InvalidOperationException($"Nobody renders a mail of kind {mail.Kind}.");
        return content.ForAsync(mail, doors.Footer(mail), cancellationToken);
    }
}
