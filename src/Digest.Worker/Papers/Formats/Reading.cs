namespace Digest.Worker.Papers.Formats;

/// <summary>What was read from one answer.</summary>
internal sealed class Reading
{
    private readonly List<PaperEntry> entries = [];
    private readonly List<SetAside> setAside = [];

    public IReadOnlyList<PaperEntry> Entries => entries;

    public IReadOnlyList<SetAside> SetAside => setAside;

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

    public void Add(PaperEntry entry) => entries.Add(entry);

    public void PutAside(string problem, string where) => setAside.Add(new SetAside(problem, where));

    public void BreakOff(string problem, string where)
    {
        CutOff = true;
        PutAside(problem, where);
    }
}
