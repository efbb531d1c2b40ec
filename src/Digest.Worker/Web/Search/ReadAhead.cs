using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>
/// Reads the newest papers behind the first search, so that the next need not: each search by itself would fetch its own few hundred. It
/// works half of the time and leaves a part of the memory to what searches ask for; where nobody searches it takes nothing.
/// </summary>
internal sealed partial class ReadAhead(ReadPapers known, PaperWordStore words, TimeProvider time, ILogger<ReadAhead> log) : BackgroundService
{
    private const int AtOnce = 250;
    private const double Share = 0.9;

    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody searches.</summary>
    public void Begin() => begun.TrySetResult();

    /// <summary>Reads until there are no more, or there is no more room.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        for (var before = long.MaxValue; ;)
        {
            var from = time.GetTimestamp();
            var state = await words.StateAsync(cancellationToken);
            var ids = await words.ReadBeforeAsync(before, AtOnce, cancellationToken);
            if (ids.Count == 0 || !await known.TakeAheadAsync(ids, state.Number, Share, cancellationToken))
                return;
            before = ids[^1];
            await Task.Delay(time.GetElapsedTime(from), time, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await begun.Task.WaitAsync(stoppingToken);
        try
        {
            await ReadAllAsync(stoppingToken);
        }
        catch (System.Data.Common.DbException e)
        {
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(3102, LogLevel.Warning, "Papers could not be read ahead; each search reads its own: {Failure}")]
    private partial void LogFailed(string failure);
}
