using System.Data.Common;
using Digest.Worker.Workers;
using MailKit;
using MailKit.Net.Imap;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>
/// Where the server has IDLE (RFC 2177), new mail is read when it comes and not at the next tick. A lost connection is opened again,
/// later and later; meanwhile the tick reads the mailbox as it does without this. One worker of all watches: the one that has the schedule.
/// </summary>
internal sealed class MailboxWatch(ImapAccess access, MailboxOptions options, MailboxRun run, WorkerShare share, TimeProvider time, ILogger<MailboxWatch> logger) : BackgroundService
{
    /// <summary>Servers may end an idle session after 30 minutes, and many routers forget one after 10.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(5);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await share.ScheduleAsync(stoppingToken);
                using var client = await ImapConnection.OpenAsync(access, options, stoppingToken);
                if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
                    return;
                pause = TimeSpan.FromSeconds(5);
                await share.DoForAllAsync(held => WatchAsync(client, held), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException || ImapTrouble.IsOutside(e))
            {
                logger.MailboxUnreachable(e.Message);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task WatchAsync(ImapClient client, CancellationToken stoppingToken)
    {
        var folder = await client.GetFolderAsync(access.Folder, stoppingToken);
        await folder.OpenAsync(FolderAccess.ReadOnly, stoppingToken);
        var seen = folder.Count;
        await run.RunAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            using var done = new CancellationTokenSource(LongestIdle, time);
            void Arrived(object? sender, EventArgs e) => done.Cancel();
            folder.CountChanged += Arrived;
            try
            {
                // What came between the last look and this line is already told in the folder's count.
                if (folder.Count <= seen)
                    await client.IdleAsync(done.Token, stoppingToken);
            }
            finally
            {
                folder.CountChanged -= Arrived;
            }
            if (folder.Count > seen)
                await run.RunAsync(stoppingToken);
            seen = folder.Count;
        }
    }
}
