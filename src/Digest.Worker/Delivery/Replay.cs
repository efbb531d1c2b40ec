using Digest.Worker.Issues;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Delivery;

/// <summary>Sends the issues of a day again: the same octets under the same Message-ID, so that whoever has one already can fold the two.</summary>
internal sealed class Replay(IssueStore issues, ReplayStore outbox, TimeProvider time)
{
    /// <param name="email">Only to this reader; null: to all.</param>
    /// <param name="dryRun">Only tell what would be done.</param>
    public async Task<ReplayReport> RunAsync(DateOnly date, string? email, bool dryRun, CancellationToken cancellationToken)
    {
        string? key = null;
        if (email is not null && !EmailAddress.TryFold(email, out key, out _))
            key = email;
        var found = await issues.OnAsync(date, key, cancellationToken);
        var now = time.GetUtcNow();
        long[] ids = [.. found.Where(issue => issue.IsWhole && issue.IsWanted).Select(issue => issue.Id)];
        var mails = dryRun ? await outbox.FindAsync(ids, cancellationToken) : await outbox.QueueAsync(ids, now, now + ClaimedMail.Patience, cancellationToken);
        return new ReplayReport(
            mails.Where(mail => mail.CanBeReplayed).GroupBy(mail => mail.State, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            ids.Length - mails.Count(mail => mail.CanBeReplayed),
            found.Count(issue => !issue.IsWanted),
            found.Count(issue => issue.IsWanted && !issue.IsWhole));
    }
}

/// <param name="Queued">How many were (or would be) queued again, by what they were.</param>
/// <param name="Waiting">On their way already, withdrawn or erased.</param>
/// <param name="Unwanted">Whose reader has left or paused.</param>
/// <param name="TakenBack">Never reached their reader; their papers are in a later issue.</param>
internal sealed record ReplayReport(IReadOnlyDictionary<string, int> Queued, int Waiting, int Unwanted, int TakenBack);
