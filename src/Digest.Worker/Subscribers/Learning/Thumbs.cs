using System.Text.Json;
using Digest.Worker.Matching.Learning;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Learning;

/// <summary>Takes a reader's thumbs: one a paper counts, the other one replaces it, and the same again takes it back.</summary>
internal sealed class Thumbs(Database database, SubscriberStore subscribers, LearnedStore store, TimeProvider time)
{
    /// <param name="terms">What the paper is about, in words that the reader can read.</param>
    public Task<Outcome> GiveAsync(long subscriberId, long paperId, bool more, IReadOnlyList<string> terms) => database.WriteAsync(async transaction =>
    {
        if (await subscribers.FindAsync(transaction, subscriberId) is not { } subscriber)
            return Outcome.Refused($"there is no such subscriber");
        var before = await store.FindAsync(transaction, subscriberId, paperId);
        foreach (var term in before is null ? [] : JsonSerializer.Deserialize<string[]>(before.Terms)!)
            await store.WeighAsync(transaction, subscriberId, term, before!.More != 0 ? -1 : 1, LearnedWeights.Most);
        if (before is not null && before.More != 0 == more)
        {
            await store.RemoveAsync(transaction, subscriberId, paperId);
            return Outcome.Changed(subscriber);
        }
        foreach (var term in terms)
            await store.WeighAsync(transaction, subscriberId, term, more ? 1 : -1, LearnedWeights.Most);
        await store.SaveAsync(transaction, subscriberId, paperId, more, terms, time.GetUtcNow());
        return Outcome.Changed(subscriber);
    }, CancellationToken.None);

    /// <summary>Forgets one word that was learned.</summary>
    public Task<Outcome> ForgetAsync(long subscriberId, string term) => database.WriteAsync(async transaction =>
        await subscribers.FindAsync(transaction, subscriberId) is { } subscriber && await store.ForgetAsync(transaction, subscriberId, term)
            ? Outcome.Changed(subscriber)
            : Outcome.Refused($"this was not learned"), CancellationToken.None);
}
