namespace Digest.Worker.Web.Site;

/// <summary>
/// The public answers of the last half minute, at most 32 MB of them: a page is written once however many ask for it at the same time,
/// and no stream of made-up addresses can fill the memory.
/// </summary>
internal sealed class AnswerCache(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private const int MostOctets = 32_000_000;
    private const int MostWaiting = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> order = new();
    private long octets;

    public async Task<Answer> GetAsync(string key, Func<Task<Answer>> write)
    {
        Entry entry;
        lock (gate)
        {
            Forget(time.GetTimestamp());
            if (!entries.TryGetValue(key, out entry!))
            {
                entry = new Entry(key, time.GetTimestamp(), new Lazy<Task<Answer>>(write));
                entries[key] = entry;
                order.Enqueue(entry);
            }
        }
        try
        {
            var answer = await entry.Answer.Value;
            Count(entry, answer.Size);
            return answer;
        }
        catch
        {
            Drop(entry);
            throw;
        }
    }

    private void Count(Entry entry, int size)
    {
        if (Volatile.Read(ref entry.Size) > 0)
            return;
        lock (gate)
        {
            if (entry.Size > 0 || entry.Gone)
                return;
            entry.Size = size;
            octets += size;
        }
    }

    private void Drop(Entry entry)
    {
        lock (gate)
            if (entries.TryGetValue(entry.Key, out var known) && known == entry)
                entries.Remove(entry.Key);
    }

    private void Forget(long now)
    {
        while (order.TryPeek(out var oldest) && (time.GetElapsedTime(oldest.At, now) >= Fresh || octets > MostOctets || order.Count > MostWaiting))
        {
            order.Dequeue();
            oldest.Gone = true;
            octets -= oldest.Size;
            if (entries.TryGetValue(oldest.Key, out var known) && known == oldest)
                entries.Remove(oldest.Key);
        }
    }

    private sealed class Entry(string key, long at, Lazy<Task<Answer>> answer)
    {
        public string Key => key;

        public long At => at;

        public Lazy<Task<Answer>> Answer => answer;

        /// <summary>0 until it is written.</summary>
        public int Size;

        public bool Gone;
    }
}
