using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Storage;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>
/// Handles one mail once: what it is, whom it is about, and its effect, all in one transaction with the note that it was handled.
/// </summary>
internal sealed class MailHandler(
    Database database, InboundStore inbound, CorrespondentFinder finder, BounceEffect bounces, ComplaintEffect complaints, AutoReplyEffect autoReplies, ReplyEffect replies,
    TimeProvider time, ILogger<MailHandler> logger)
{
    /// <returns>What was done; null when the mail had been handled before.</returns>
    public async Task<MailEffect?> HandleAsync(InboundMail mail, string key, string? reference, CancellationToken cancellationToken)
    {
        if (await inbound.IsKnownAsync(key, cancellationToken))
            return null;
        var explanation = MailUnderstanding.Explain(mail);
        var about = await finder.FindAsync(mail, explanation, cancellationToken);
        var effect = await database.WriteAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (!await inbound.AddAsync(transaction, key, now, reference))
                return null;
            var done = await ActAsync(new MailContext(transaction, key, mail, explanation, about, now));
            await inbound.CompleteAsync(transaction, key, explanation.Kind.ToString().ToLowerInvariant(), explanation.Decision, done.Name, about?.SubscriberId, done.Answered);
            return done;
        }, cancellationToken);
        if (effect is null)
            return null;
        MailboxMetrics.Read(explanation.Kind);
        foreach (var command in explanation.Commands)
            MailboxMetrics.Commanded(command.Verb);
        logger.MailHandled(key, explanation.Kind.ToString(), explanation.Decision, effect.Name);
        return effect;
    }

    private Task<MailEffect> ActAsync(MailContext context) => context.Explanation.Kind switch
    {
        InboundKind.Bounce => bounces.ActAsync(context),
        InboundKind.Complaint => complaints.ActAsync(context),
        InboundKind.AutoReply => autoReplies.ActAsync(context),
        InboundKind.Human => replies.ActAsync(context),
        _ => Task.FromResult(MailEffect.Counted),
    };
}
