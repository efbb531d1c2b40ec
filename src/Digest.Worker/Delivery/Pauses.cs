using Digest.Worker.Alerts;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// Stops before a list is burnt: when mail after mail is refused for good, everything but alarms stands still for an hour; when one domain
/// refuses more than one in a hundred for what it thinks of us, the mails to it do.
/// </summary>
internal sealed class Pauses(PauseStore store, Alarms alarms, DeliveryOptions options, TimeProvider time, ILogger<Pauses> logger)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private const string Key = "delivery";
    private const int FewestRefusals = 10;
    private const double WorstShare = 0.01;

    private static readonly TimeSpan LookedAt = TimeSpan.FromHours(24);

    private int refused;

    public void Accepted() => Volatile.Write(ref refused, 0);

    /// <summary>A mail was refused for good.</summary>
    public async Task RefusedAsync(ClaimedMail mail, AnswerClass about, ServerAnswer answer, RunTally tally)
    {
        if (about == AnswerClass.AboutUs && tally.CountRefusal(mail.Domain) % FewestRefusals == 0)
            await LookAtAsync(mail.Domain);
        if (mail.Kind == MailKind.Alarm || Interlocked.Increment(ref refused) != options.PauseAfter)
            return;
        Accepted();
        var why = $"{options.PauseAfter} mails in a row were refused, the last with: {answer}";
        await PauseAsync(PauseStore.Everything, why);
        await alarms.RaiseAsync(new Alarm(Key, "Mail after mail is refused, so sending stands still for an hour.", "Look at 'deliveries status' for what the servers say; 'deliveries resume' goes on at once.") { Detail = why }, CancellationToken.None);
        tally.Stop($"paused: {why}");
    }

    /// <summary>What was too little to look at during the run.</summary>
    public async Task EndRunAsync(RunTally tally)
    {
        foreach (var domain in tally.RefusingDomains)
            await LookAtAsync(domain);
        if (tally.Counts.GetValueOrDefault(OutboxState.Sent) > 0)
            await alarms.ClearAsync(Key, CancellationToken.None);
    }

    private async Task LookAtAsync(string domain)
    {
        var found = await store.RefusalsAsync(domain, time.GetUtcNow() - LookedAt, CancellationToken.None);
        var key = $"domain/{domain}";
        if (found.Refused < FewestRefusals || found.Refused <= found.Mails * WorstShare)
            return;
        var why = $"{found.Refused} of {found.Mails} mails of the last 24 hours were refused for what it thinks of us.";
        await PauseAsync(domain, why);
        await alarms.RaiseAsync(new Alarm(key, $"{domain} refuses our mail for what it thinks of us; mails to it wait for an hour.", "Look at 'deliveries status' for its words: a blocklist, DKIM, SPF or DMARC, or too much at once. No address was blamed.") { Detail = why }, CancellationToken.None);
    }

    private async Task PauseAsync(string scope, string why)
    {
        var now = time.GetUtcNow();
        await store.PauseAsync(scope, why, now, now + Length, CancellationToken.None);
        logger.Paused(now + Length, scope.Length == 0 ? why : $"to {scope}: {why}");
    }
}
