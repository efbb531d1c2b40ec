namespace Digest.Worker.Matching.BackTesting;

/// <summary>What a profile would have brought.</summary>
/// <param name="Days">The days that had papers, in order.</param>
/// <param name="Best">The best papers of all days, best first.</param>
/// <param name="Lines">What each line of the profile found by itself (an exclusion: kept out), in the profile's order.</param>
/// <param name="Suggestions">Words that stand in what was found far more often than elsewhere, and in no line of the profile.</param>
internal sealed record BackTestReport(IReadOnlyList<BackTestDay> Days, IReadOnlyList<Match> Best, IReadOnlyList<BackTestLine> Lines, IReadOnlyList<Suggestion> Suggestions)
{
    /// <summary>A line that fits a larger share of all papers is too wide to say what somebody wants.</summary>
    public const double WideShare = 0.02;

    /// <summary>And it has to bring more than this on a day: on a slow source nothing is too wide.</summary>
    public const double WidePerDay = 5;

    public int Papers => Days.Sum(day => day.Papers);

    /// <summary>Papers that fit, over all days.</summary>
    public int Matched => Days.Sum(day => day.Matched);

    /// <summary>Mean over the days that had papers.</summary>
    public double PerDay => Days.Count == 0 ? 0 : (double)Matched / Days.Count;

    /// <summary>The lines that found nothing; an exclusion that kept nothing out does no harm and is not among them.</summary>
    public IEnumerable<BackTestLine> Silent => Lines.Where(line => line.Papers == 0 && !line.Interest.Excludes);

    /// <summary>The lines that are too wide, the widest first.</summary>
    public IEnumerable<BackTestLine> TooWide => Lines.Where(line => !line.Interest.Excludes && line.Papers > WideShare * Papers && line.Papers > WidePerDay * Days.Count)
        .OrderByDescending(line => line.Papers);
}

/// <param name="Matched">How many of the day's <paramref name="Papers"/> fit.</param>
internal sealed record BackTestDay(DateOnly Day, int Papers, int Matched);

/// <param name="Papers">How many papers the line fits.</param>
/// <param name="Words">Where the line is one of several words: each with the number of papers that have it, so that one sees which is wide and which is not there.</param>
internal sealed record BackTestLine(Language.Interest Interest, int Papers, IReadOnlyList<(string Word, int Papers)> Words);

/// <param name="Text">As most papers write it.</param>
/// <param name="Found">How many of the papers looked at have it: the best of those that fit.</param>
/// <param name="Share">How many of all papers have it, from 0 to 1; estimated from the days with the best papers.</param>
internal sealed record Suggestion(string Text, int Found, double Share);
