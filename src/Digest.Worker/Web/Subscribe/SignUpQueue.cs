using System.Threading.Channels;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// Sign-ups that were taken and are being seen to, behind the answer: how long the answer takes tells nothing about an address. What waits
/// when the service stops is done before it ends.
/// </summary>
internal sealed partial class SignUpQueue(SignUps signUps, ILogger<SignUpQueue> log) : BackgroundService
{
    private readonly Channel<SubscriberDraft> waiting = Channel.CreateBounded<SubscriberDraft>(1_000);

    /// <summary>False where too many wait already.</summary>
    public bool TryAdd(SubscriberDraft draft) => waiting.Writer.TryWrite(draft);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var draft in waiting.Reader.ReadAllAsync(CancellationToken.None))
            try
            {
                await signUps.AskAsync(draft, CancellationToken.None);
            }
            catch (System.Data.Common.DbException e)
            {
                LogLost(e.Message);
            }
    }

    [LoggerMessage(3201, LogLevel.Error, "A sign-up from the page could not be stored: {Failure}")]
    private partial void LogLost(string failure);
}
