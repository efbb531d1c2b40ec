using System.Data.Common;
using System.Globalization;
using Digest.Worker.Mailbox;

namespace Digest.Worker.Health.Checks;

/// <summary>Few readers call our mail spam.</summary>
internal sealed class ComplaintsCheck(MailboxStatusStore store, TimeProvider time) : ICheck
{
    private const string Key = "complaints";

    public bool IsVital => false;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await store.ReadAsync(time.GetUtcNow(), cancellationToken);
            var detail = string.Create(CultureInfo.InvariantCulture, $"{status.Complaints} complaints about {status.Sent} issues in seven days ({100 * status.ComplaintRate:0.000} %).");
            return status.IsAlarm
                ? [new CheckResult(Key, CheckState.Warning, "More than 0.1 % of the readers' answers are spam complaints.") { Detail = detail, Remedy = "Find out where these readers came from ('mailbox status' shows their domains) and remove who did not ask for the mail: providers refuse all our mail at 0.3 %." }]
                : [CheckResult.Ok(Key, detail)];
        }
        catch (DbException e)
        {
            return [new CheckResult(Key, CheckState.Failure, "The database cannot be read.") { Detail = e.Message, ToldAfter = null }];
        }
    }
}
