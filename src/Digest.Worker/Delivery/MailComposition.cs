using Digest.Templates;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>From an outbox row to its rendered content, by whoever renders its kind.</summary>
internal sealed class MailComposition(IEnumerable<IMailContent> contents, ReaderDoors doors)
{
    private readonly IMailContent[] all = [.. contents];

    /// <summary>How many mails are read ahead and not asked for: about a claim's, however long the run (tests look at it).</summary>
    public int ReadAhead => all.Sum(one => one.ReadAhead);

    /// <summary>Reads ahead for mails that come next.</summary>
    public async Task PrepareAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken)
    {
        foreach (var one in all)
            await one.PrepareAsync(mails, cancellationToken);
    }

    /// <summary>Lets go of what was read ahead for a mail that is not sent now.</summary>
    public void Forget(ClaimedMail mail)
    {
        foreach (var one in all)
            one.Forget(mail);
    }

    /// <summary>Lets go of all that was read ahead.</summary>
    public void Forget()
    {
        foreach (var one in all)
            one.Forget();
    }

    /// <returns>Null when what the mail tells about is no longer there.</returns>
    public Task<RenderedMail?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var content = Array.Find(all, one => one.Renders(mail.Kind)) ?? throw new InvalidOperationException($"Nobody renders a mail of kind {mail.Kind}.");
        return content.ForAsync(mail, doors.Footer(mail), cancellationToken);
    }
}
