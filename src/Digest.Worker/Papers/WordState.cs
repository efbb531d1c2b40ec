namespace Digest.Worker.Papers;

/// <summary>How far the papers' words are read.</summary>
internal sealed record WordState
{
    /// <summary>Grows with each paper whose words are read, also when they are read again.</summary>
    public long Number { get; init; }

    /// <summary>The newest paper; 0 where there is none.</summary>
    public long HighestId { get; init; }

    /// <summary>More than 0 where papers wait to be read.</summary>
    public long Unread { get; init; }
}
