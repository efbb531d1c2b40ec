using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Decides what becomes of a mail after a transport's answer. Pure.</summary>
internal static class Verdict
{
    private static readonly TimeSpan HostPause = TimeSpan.FromMinutes(1);

    /// <param name="from">The state in which the mail stands: in doubt where its mark was granted, else claimed.</param>
    /// <param name="chance">0 up to 1, to spread what comes back; asked only where something does, or what does not would leave holes in the spread.</param>
    /// <returns>Null where nothing is to be written: the mail was not ours any more, or waits in doubt for the policy.</returns>
    public static Settlement? For(ClaimedMail mail, SendResult result, OutboxState from, DateTimeOffset now, Func<double> chance) =>
        result switch
        {
            SendResult.Accepted accepted => new Settlement(mail.Id, from, OutboxState.Sent, accepted.Answer) { About = "accepted" },
            SendResult.Refused refused => For(mail, refused.Answer, from, now, chance) with { About = AnswerClassifier.Classify(refused.Answer).ToString().ToLowerInvariant() },
            // The connection broke at this mail: it waits a little, so that one that breaks servers does not stand in front of all others.
            SendResult.HostFailed { NeedsOperator: false } failed => new Settlement(mail.Id, from, OutboxState.Queued, failed.Why, now + HostPause * (0.5 + chance())),
            SendResult.HostFailed failed => new Settlement(mail.Id, from, OutboxState.Queued, failed.Why),
            _ => null,
        };

    private static Settlement For(ClaimedMail mail, ServerAnswer answer, OutboxState from, DateTimeOffset now, Func<double> chance)
    {
        var about = AnswerClassifier.Classify(answer);
        switch (about)
        {
            case AnswerClass.Host:
                return new Settlement(mail.Id, from, OutboxState.Queued, answer.ToString(), now + HostPause * (0.5 + chance()));
            case AnswerClass.Configuration or AnswerClass.Sender:
                return new Settlement(mail.Id, from, OutboxState.Queued, answer.ToString());
            case AnswerClass.Hard or AnswerClass.AboutUs or AnswerClass.Content or AnswerClass.Permanent:
                return new Settlement(mail.Id, from, OutboxState.Bounced, answer.ToString());
            default:
                var again = now + BackOff.After(answer, about, mail.Attempts, chance());
                var end = mail.ExpiresAt ?? (mail.FirstTriedAt ?? now) + ClaimedMail.Patience;
                return again < end
                    ? new Settlement(mail.Id, from, OutboxState.Deferred, answer.ToString(), again)
                    : new Settlement(mail.Id, from, OutboxState.Bounced, $"given up: {answer}");
        }
    }
}
