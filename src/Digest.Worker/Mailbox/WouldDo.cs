using Digest.Worker.Mailbox.Understanding;

namespace Digest.Worker.Mailbox;

/// <summary>What would be done with a mail if its token names a subscriber, in a few words.</summary>
internal static class WouldDo
{
    public static string Describe(Explanation explanation) => explanation.Kind switch
    {
        InboundKind.Complaint when ComplaintRule.Suppresses(explanation.Feedback) => "suppress the subscriber at once",
        InboundKind.Complaint => "record it",
        InboundKind.Bounce when explanation.Recipients.Any(recipient => recipient is { Action: DeliveryAction.Failed, Severity: Severity.Hard }) => "settle the delivery as bounced and suppress the address",
        InboundKind.Bounce when explanation.Recipients.Any(recipient => recipient.Action == DeliveryAction.Failed) => "settle the delivery as bounced and count it",
        InboundKind.Bounce => "record it",
        InboundKind.Human when explanation.Commands.Count > 0 => $"with authority: {string.Join(", ", explanation.Commands.Select(command => command.Name))}; answer once",
        InboundKind.Human when explanation.IsUnclear => "answer with the list of commands; show it to the operator",
        _ => "count it",
    };
}
