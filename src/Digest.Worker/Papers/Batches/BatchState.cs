namespace Digest.Worker.Papers.Batches;

/// <summary>What we know of one day of one source.</summary>
internal enum BatchState
{
    /// <summary>The source has not announced the day's papers yet.</summary>
    NotYet,

    /// <summary>Some of it is there, and there are signs that it is not all.</summary>
    Partial,

    /// <summary>All of it is there.</summary>
    Whole,

    /// <summary>The source announces nothing on that day.</summary>
    Holiday,

    /// <summary>The day is over, or the source could not be asked, and we do not have it.</summary>
    Failed,
}
