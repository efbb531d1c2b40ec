using Digest.Worker.Storage;

namespace Digest.Worker.Workers;

/// <summary>
/// What is this worker's part, as its last beat brought it. A worker that was stopped for a while may believe in a part that another has by now: then
/// the fence of what is done for all refuses its writing, and a slot that was answered is not answered again.
/// </summary>
internal sealed class WorkerShare : IDisposable
{
    private readonly Lock gate = new();
    private Portion portion = new(1, null, []);
    private CancellationTokenSource? schedule;
    private TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The schedule came to this worker, which did not have it before.</summary>
    public event Action? ScheduleTaken;

    /// <summary>The parts of the subscribers that are this worker's.</summary>
    public IReadOnlyList<int> Shards
    {
        get
        {
            lock (gate)
                return portion.Shards;
        }
    }

    /// <summary>Whether all of the subscribers are this worker's.</summary>
    public bool HasAllShards => Shards.Count == Shard.Count;

    /// <summary>Takes over what a beat brought.</summary>
    public void Set(Portion now)
    {
        var isNew = false;
        lock (gate)
        {
            if (schedule is not null && now.Schedule != portion.Schedule)
                End();
            portion = now;
            if (now.Schedule is not null && schedule is null)
            {
                schedule = new CancellationTokenSource();
                taken.TrySetResult();
                isNew = true;
            }
        }
        if (isNew)
            ScheduleTaken?.Invoke();
    }

    /// <summary>
    /// Runs what one worker does for all, if it is this one; it is cancelled when the schedule goes to another, and writes nothing after that
    /// (<see cref="Fence"/>).
    /// </summary>
    /// <returns>False: it was not done, or not to its end, because another worker does it.</returns>
    public async Task<bool> DoForAllAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        Fence fence;
        CancellationToken lost;
        lock (gate)
        {
            if (schedule is null)
                return false;
            (fence, lost) = (new Fence(Division.Schedule, portion.Schedule!.Value), schedule.Token);
        }
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost);
        using var raised = fence.Raise();
        try
        {
            await work(both.Token);
            return true;
        }
        catch (Exception e) when (e is FencedException || (e is OperationCanceledException && lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Waits until the schedule is this worker's.</summary>
    public async Task ScheduleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (schedule is not null)
                    return;
                next = taken.Task;
            }
            await next.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => schedule?.Dispose();

    private void End()
    {
        schedule!.Cancel();
        schedule = null;
        taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
