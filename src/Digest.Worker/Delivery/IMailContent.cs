using Digest.Templates;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Renders the mails of some kinds. Two real ones: issues from their stored choice, letters from their payload.</summary>
internal interface IMailContent
{
    /// <summary>How many mails are read ahead and not asked for: about a claim's, however long the run (tests look at it).</summary>
    int ReadAhead { get; }

    bool Renders(MailKind kind);

    /// <summary>Reads ahead for mails that come next.</summary>
    Task PrepareAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken);

    /// <summary>Lets go of what was read ahead for a mail that is not sent now.</summary>
    void Forget(ClaimedMail mail);

    /// <summary>Lets go of all that was read ahead.</summary>
    void Forget();

    /// <summary>Subject, HTML and text; null when what the mail tells about is no longer there.</summary>
    Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken);
}
