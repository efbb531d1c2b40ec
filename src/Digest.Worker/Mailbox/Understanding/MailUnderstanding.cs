using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Bounces;
using Digest.Worker.Mailbox.Understanding.Complaints;
using Digest.Worker.Mailbox.Understanding.Machines;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Replies;

namespace Digest.Worker.Mailbox.Understanding;

/// <summary>The decision order: complaint, bounce, machine, human. The first step that knows the mail decides.</summary>
internal static class MailUnderstanding
{
    private static readonly IUnderstandingStep[] Order = [new ComplaintStep(), new BounceStep(), new MachineStep(), new HumanStep()];

    public static Explanation Explain(InboundMail mail)
    {
        try
        {
            foreach (var step in Order)
                if (step.TryExplain(mail) is { } explanation)
                    return explanation;
        }
        catch (RegexMatchTimeoutException)
        {
            return new Explanation { Kind = InboundKind.Other, Decision = "limits: too costly to read" };
        }
        return new Explanation { Kind = InboundKind.Other, Decision = "nothing fits" };
    }
}
