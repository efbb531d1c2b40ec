using Digest.Worker.Matching;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Issues;

/// <summary>One edition for one subscriber: the choice, and all that its mail is rendered from.</summary>
internal sealed record Issue
{
    /// <summary>0 = not stored (a preview).</summary>
    public long Id { get; init; }

    public required long SubscriberId { get; init; }

    /// <summary>The slot that this issue answers.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset ComposedAt { get; init; }

    /// <summary>The day in the reader's own zone.</summary>
    public required DateOnly LocalDate { get; init; }

    public required IssueReader Reader { get; init; }

    /// <summary>The reader gave no interests.</summary>
    public required bool Trending { get; init; }

    /// <summary>Best first; the numbers in the mail are the positions.</summary>
    public required IReadOnlyList<Match> Choices { get; init; }

    public required Receipt Receipt { get; init; }

    /// <summary>False when its papers were taken back, because it never reached its reader.</summary>
    public bool IsWhole => Choices.Count == Receipt.Sent;
}

/// <summary>The reader as they were when the issue was composed: a later change must not change the bytes of a repeat.</summary>
internal sealed record IssueReader(string Email, string? Name, string Language, IReadOnlyList<string> Interests, string Cadence, int Hour, string Timezone);

/// <summary>What became of the papers.</summary>
/// <param name="Announced">Papers that arrived since the last issue.</param>
/// <param name="InCategories">Those in the categories that the profile names; null where it names none.</param>
/// <param name="Matched">Those that fit, with what was held over from earlier days.</param>
/// <param name="Sent">Those in this issue.</param>
/// <param name="HeldOver">Those that wait for the next one.</param>
/// <param name="Gaps">The sources that were late or short, and on which days; null in issues of an older version.</param>
internal sealed record Receipt(int Announced, int? InCategories, int Matched, int Sent, int HeldOver, IReadOnlyList<BatchGap>? Gaps)
{
    /// <summary>The first day since when every source was whole and in time; null where that is not known or is this day.</summary>
    public DateOnly? WholeSince { get; init; }

    /// <summary>Those among the held over that were chosen for this issue and found no room in its mail.</summary>
    public int Owed { get; init; }
}
