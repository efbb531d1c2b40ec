using System.Runtime;
using Digest.Worker.Matching;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// One run over all who are due, page by page. Where there are many pages the papers are read once for all of them, and whom that does not hold is
/// composed for apart. Not thread-safe.
/// </summary>
/// <param name="shards">Asked again on the way, because workers come and go; null: everybody.</param>
/// <param name="compose">Given subscribers and the page that composes for them.</param>
internal sealed class ComposingRun(Composer composer, SubscriberStore subscribers, BatchReading batches, DateTimeOffset now, Func<IReadOnlyList<int>?> shards,
    Func<IReadOnlyList<Subscriber>, ComposingPage, Task> compose)
{
    private const int PerPage = 2_500;

    /// <summary>Where the papers are read for one page alone, larger pages read them less often.</summary>
    private const int PerPageAlone = 10_000;

    private readonly List<Subscriber> apart = [];
    private BatchAccount? account;
    private PaperWindow? window;
    private bool isLarge;

    /// <summary>What the profiles of a large run ask for, compiled; null: it was a small one.</summary>
    public KnownLines? SharedLines => isLarge ? window!.Lines : null;

    /// <param name="known">What was compiled before. A small run does without: it would look for what all the others ask.</param>
    public async Task RunAsync(Func<KnownLines?> known, CancellationToken cancellationToken)
    {
        var latency = GCSettings.LatencyMode;
        try
        {
            await ComposeAllAsync(known, cancellationToken);
        }
        finally
        {
            GCSettings.LatencyMode = latency;
        }
    }

    private async Task ComposeAllAsync(Func<KnownLines?> known, CancellationToken cancellationToken)
    {
        SharedRun? shared = null;
        for (var (after, perPage) = (default(DuePlace), PerPage); ;)
        {
            var due = await subscribers.DueAsync(now, after, perPage, shards(), cancellationToken);
            if (due.Count == 0)
                break;
            after = DuePlace.Of(due[^1]);
            account ??= await batches.AccountAsync(cancellationToken);
            isLarge |= due.Count == PerPage;
            window ??= await composer.OpenAsync((isLarge ? known() : null) ?? new KnownLines(), now, cancellationToken);
            if (due.Count == PerPage && (shared is null || after.IsBehind(shared.Last)))
            {
                // A collector beside the work shortens pauses, and takes a tenth of the processor time while much is alive: pages are answered later for these seconds.
                GCSettings.LatencyMode = GCLatencyMode.Batch;
                // Let go before there is another: it is the largest thing of a run.
                shared = null;
                await ComposeApartAsync(cancellationToken);
                shared = await composer.ShareAsync(window, now, DuePlace.Before(due[0]), shards(), cancellationToken);
                perPage = shared is null ? PerPageAlone : PerPage;
            }
            apart.AddRange(await ComposeAsync(due, shared, cancellationToken));
        }
        shared = null;
        window?.LetGo();
        await ComposeApartAsync(cancellationToken);
    }

    private async Task ComposeApartAsync(CancellationToken cancellationToken)
    {
        // Their papers are read beside it.
        if (apart.Count > 0)
            window!.LetGo();
        foreach (var some in apart.Chunk(PerPageAlone))
            await ComposeAsync(some, null, cancellationToken);
        apart.Clear();
    }

    /// <returns>Those whom <paramref name="run"/> does not hold.</returns>
    private async Task<IReadOnlyList<Subscriber>> ComposeAsync(IReadOnlyList<Subscriber> all, SharedRun? run, CancellationToken cancellationToken)
    {
        var (page, others) = await composer.ReadAsync(window!, all, subscriber => subscriber.NextDueAt!.Value, now, account!, run, cancellationToken);
        var left = others.Select(subscriber => subscriber.Id).ToHashSet();
        if (page is not null)
            await compose(left.Count == 0 ? all : [.. all.Where(subscriber => !left.Contains(subscriber.Id))], page);
        return others;
    }
}
