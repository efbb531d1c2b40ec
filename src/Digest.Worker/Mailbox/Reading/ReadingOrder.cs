namespace Digest.Worker.Mailbox.Reading;

/// <summary>
/// In which order the waiting mails of a mailbox are read: all that look like a human's first, by number, then the machines' in groups. Knows how
/// far the mailbox is read without a gap.
/// </summary>
internal sealed class ReadingOrder(long read)
{
    private readonly Queue<uint> humans = new();
    private readonly Queue<uint> machines = new();
    private readonly SortedSet<uint> open = [];

    /// <summary>The highest number seen.</summary>
    public long Highest { get; private set; } = read;

    /// <summary>The highest number below which nothing is left to do.</summary>
    public long Cursor => open.Count > 0 ? open.Min - 1L : Highest;

    public void Add(uint uid, bool isMachine)
    {
        (isMachine ? machines : humans).Enqueue(uid);
        open.Add(uid);
        Highest = Math.Max(Highest, uid);
    }

    /// <summary>All humans' mails that wait and so many of the machines'.</summary>
    public IReadOnlyList<uint> Next(int most)
    {
        var next = new List<uint>(humans);
        humans.Clear();
        while (next.Count < most && machines.TryDequeue(out var uid))
            next.Add(uid);
        return next;
    }

    /// <param name="later">It is to be tried again in another run: the cursor stays below it.</param>
    public void Done(uint uid, bool later)
    {
        if (!later)
            open.Remove(uid);
    }
}
