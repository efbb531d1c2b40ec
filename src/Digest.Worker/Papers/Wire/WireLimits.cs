namespace Digest.Worker.Papers.Wire;

/// <summary>What we allow an answer to cost us.</summary>
internal sealed record WireLimits
{
    /// <summary>Bytes of one answer after unpacking.</summary>
    public long LargestAnswer { get; init; } = 64L << 20;

    /// <summary>One attempt, from the connection to the last byte.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The longest that we wait inside a run when a provider asks us to; beyond that the next run comes back.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(20);

    public int Retries { get; init; } = 3;

    public int Redirects { get; init; } = 3;
}
