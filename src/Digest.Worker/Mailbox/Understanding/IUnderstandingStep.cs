using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding;

/// <summary>One step of the decision order. Steps are pure: they look at one mail and nothing else.</summary>
internal interface IUnderstandingStep
{
    /// <summary>The mail explained; null when it is not for this step.</summary>
    Explanation? TryExplain(InboundMail mail);
}
