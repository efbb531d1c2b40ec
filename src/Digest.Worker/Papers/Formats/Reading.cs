namespace Digest.Worker.Papers.Formats;

/// <summary>What was read from one answer.</summary>
/// <param name="onEntry">Takes each entry as it is read, and then none is kept here.</param>
internal sealed class Reading(Action<PaperEntry>? onEntry = null)
{
    /// <summary>Characters of readable text. The largest honest answer, a feed of 2,000 entries, has four million.</summary>
    private const int MostText = 16 << 20;

    /// <summary>The largest pages that a provider gives have 2,000.</summary>
    private const int MostEntries = 20_000;

    /// <summary>Each of them costs a line in the operator's log; an answer that is all wrong says so with fewer.</summary>
    private const int MostSetAside = 1_000;

    private const int LongestPlace = 300;

    private readonly List<PaperEntry> entries = [];
    private readonly List<SetAside> setAside = [];
    private long text;

    public IReadOnlyList<PaperEntry> Entries => entries;

    /// <summary>How many entries could be used, those that were passed on too.</summary>
    public int Taken { get; private set; }

    public IReadOnlyList<SetAside> SetAside => setAside;

    /// <summary>How many entries the answer has, those that cannot be used too: what tells a full page from the last one.</summary>
    public int Count => Taken + setAside.Count;

    /// <summary>When the provider says that it built the answer.</summary>
    public DateTimeOffset? Built { get; set; }

    /// <summary>The day that the answer is about, in the provider's own zone.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>How many entries there are in all, where the provider says so.</summary>
    public int? Total { get; set; }

    /// <summary>What to ask with for the rest; null when there is none.</summary>
    public string? Next { get; set; }

    /// <summary>Why there is nothing, in the provider's words, where nothing is no error.</summary>
    public string? Quiet { get; set; }

    /// <summary>The answer broke off; what came before the break is here.</summary>
    public bool CutOff { get; private set; }

    /// <summary>A file of the operator's own may be as large as they like.</summary>
    public bool IsUnbounded { get; set; }

    /// <summary>It holds more than any honest answer: what follows is not read.</summary>
    public bool IsFull { get; private set; }

    public void Add(PaperEntry entry)
    {
        Taken++;
        if (onEntry is null)
            entries.Add(entry);
        else
            onEntry(entry);
        text += entry.Title.Length + (entry.Abstract?.Length ?? 0) + (entry.Comment?.Length ?? 0) + entry.Authors.Sum(author => author.Length + 20) + entry.Categories.Sum(category => category.Length + 20);
        if (!IsFull && !IsUnbounded && (text > MostText || Taken >= MostEntries))
            Fill("the answer holds more than any honest one; the rest is not read");
    }

    public void PutAside(string problem, string where)
    {
        setAside.Add(new SetAside(Short(problem), Short(where)));
        if (!IsFull && !IsUnbounded && setAside.Count >= MostSetAside)
            Fill($"{MostSetAside} entries cannot be used; the rest is not read");
    }

    public void BreakOff(string problem, string where)
    {
        CutOff = true;
        setAside.Add(new SetAside(problem, where));
    }

    private void Fill(string problem)
    {
        IsFull = true;
        BreakOff(problem, $"entry {Count}");
    }

    private static string Short(string text) => text.Length <= LongestPlace ? text : string.Concat(text.AsSpan(0, LongestPlace), "…");
}
