using Digest.Worker.Mailbox;

namespace Digest.Worker.Health.Checks;

/// <summary>The mailbox for replies and bounces can be opened.</summary>
internal sealed class MailboxCheck(MailboxProbe probe) : ICheck
{
    private const string Key = "mailbox";

    public bool IsVital => true;

    // The mailbox's own room tells of it.
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) => [await LookAsync(cancellationToken) with { IsToldElsewhere = true }];

    private async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (!probe.IsSet)
            return CheckResult.Skipped(Key, "No mailbox is read: Mailbox:Kind is none, so replies and bounces are not seen.");
        return await probe.AskAsync(cancellationToken) is { } failure
            ? new CheckResult(Key, CheckState.Failure, "The mailbox cannot be read.") { Detail = $"{probe.Place}: {failure}", Remedy = ContainerLoopback.Remedy(probe.Host, "Correct the settings under Mailbox, or look at the mail server. Replies wait there and lose nothing.") }
            : CheckResult.Ok(Key, "The mailbox can be read.") with { Detail = $"{probe.Place}." };
    }
}
