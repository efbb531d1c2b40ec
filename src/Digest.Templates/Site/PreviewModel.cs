namespace Digest.Templates.Site;

/// <summary>What interests would have brought, shown beside the form that they stand in.</summary>
public sealed record PreviewModel
{
    /// <summary>Days with papers that were looked at.</summary>
    public required int Days { get; init; }

    /// <summary>Papers that fit on a day, on average.</summary>
    public required double PerDay { get; init; }

    /// <summary>It could not be counted just now, because many ask.</summary>
    public bool Busy { get; init; }

    /// <summary>No interest is named: the day's most voted papers come.</summary>
    public bool Trending { get; init; }

    /// <summary>The newest day that has papers; null where none has.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The best of that day, best first.</summary>
    public IReadOnlyList<ListedPaper> Best { get; init; } = [];

    public IReadOnlyList<PreviewLine> Lines { get; init; } = [];

    /// <summary>Words that go with what was found and stand in no line.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>What could not be taken as written.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>What one line found by itself.</summary>
/// <param name="Words">For a line that is too wide or found nothing: its words, each with the papers that have it.</param>
public sealed record PreviewLine(string Text, int Papers, PreviewFault Fault, IReadOnlyList<(string Word, int Papers)> Words);

public enum PreviewFault
{
    None,

    /// <summary>It keeps papers out, as it should.</summary>
    Excludes,

    /// <summary>It fits too many papers to say what somebody wants.</summary>
    Wide,

    /// <summary>It found nothing.</summary>
    Silent,
}

/// <summary>Interests proposed from examples, for the reader to pick from.</summary>
/// <param name="Pasted">The examples, to be shown again.</param>
/// <param name="Unknown">Papers that were named and are not stored here.</param>
/// <param name="Days">Days in which <c>Papers</c> were counted.</param>
/// <param name="Busy">Nothing could be counted just now, because many ask.</param>
public sealed record ProposalsModel(string Pasted, IReadOnlyList<Proposal> Interests, IReadOnlyList<string> Unknown, int Days, bool Busy = false);

/// <param name="Papers">How many papers it would have brought.</param>
public sealed record Proposal(string Text, int Papers);
