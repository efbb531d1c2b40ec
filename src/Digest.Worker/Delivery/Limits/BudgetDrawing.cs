using System.Data.Common;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery.Limits;

/// <summary>Draws for one run from the limits of all workers whatever its mails wait for, and gives back what they need no more.</summary>
internal sealed class BudgetDrawing(BudgetStore store, WorkerPresence presence, Backlog backlog, SendingLimits limits, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Draws until it is told to end, then gives everything back.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        if (!limits.AreOfAll)
            return;
        while (!ended.IsCancellationRequested)
        {
            // Where nothing was to be had nobody asks again at once: that would be a loop at the speed of the database.
            if (await DrawAsync())
                await Task.WhenAny(backlog.WishedAsync(), Task.Delay(Pause, time, ended));
            else
                await Task.Delay(Pause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await GiveBackAsync();
    }

    /// <returns>False: it asked, and got nothing.</returns>
    private async Task<bool> DrawAsync()
    {
        var wishes = backlog.Guarded(limits.Wishes);
        if (wishes.Count == 0)
            return true;
        try
        {
            var asked = time.GetTimestamp();
            var draws = await store.DrawAsync(presence.Worker, [.. wishes.Select(wish => wish.Wish)], time.GetUtcNow(), CancellationToken.None);
            backlog.Change(() =>
            {
                foreach (var (budget, wish) in wishes)
                    budget.Take(draws.Single(draw => draw.Wish.Scope == wish.Scope), asked);
            });
            return draws.Any(draw => draw.Drawn > 0);
        }
        catch (DbException e)
        {
            // Nothing is begun without a draw; the claims will find the same trouble.
            logger.OutboxUnwritable(e);
            return false;
        }
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await store.GiveBackAsync(presence.Worker, CancellationToken.None);
        }
        catch (DbException e)
        {
            // It goes back when its lease ends.
            logger.OutboxUnwritable(e);
        }
    }
}
