using System.Globalization;
using Digest.Worker.Alerts;

namespace Digest.Worker.Mailbox;

/// <summary>What about the mailbox needs the operator: too many complaints, or no way to read it.</summary>
internal sealed class MailboxAlarms(Alarms alarms, MailboxStatusStore status, TimeProvider time)
{
    private const string Complaints = "mailbox/complaints";
    private const string Unreachable = "mailbox/unreachable";

    /// <summary>A server that restarts needs nobody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public async Task CheckAsync(string? trouble, CancellationToken cancellationToken)
    {
        await alarms.SetAsync(Unreachable, trouble is null ? null : new Alarm(Unreachable, "The mailbox cannot be read: replies, bounces and complaints wait.", "Check Mailbox:Host, the login, and whether the server runs.")
        {
            Detail = trouble,
            After = Patience,
        }, cancellationToken);
        var week = await status.ReadAsync(time.GetUtcNow(), cancellationToken);
        await alarms.SetAsync(Complaints, !week.IsAlarm ? null : new Alarm(Complaints, "More than 0.1 % of the issues of the last seven days were called spam by their readers: providers will soon refuse our mail.",
            "See \"mailbox status\" for the domains; look at where those readers came from, and stop sending to whoever did not ask.")
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"{week.Complaints} complaints about {week.Sent} issues ({100 * week.ComplaintRate:0.00} %)."),
        }, cancellationToken);
    }
}
