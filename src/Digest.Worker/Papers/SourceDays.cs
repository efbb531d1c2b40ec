namespace Digest.Worker.Papers;

/// <summary>How a source tells of which day its papers are.</summary>
internal enum SourceDays
{
    /// <summary>It tells of no day: it is asked once a day (UTC) at least, and answers or does not.</summary>
    None,

    /// <summary>Each answer is the announcement of one day of arXiv's calendar.</summary>
    Feed,

    /// <summary>It follows arXiv's calendar, but its answers name no day: what is new since the calendar's moment is that day's.</summary>
    Rolling,
}
