namespace Digest.Worker.Papers.Wire;

/// <summary>One thing that a source asks for.</summary>
/// <param name="Source">Who asks; names the raw file.</param>
/// <param name="Address">The configured address, or one built on it.</param>
/// <param name="Provider">Whose gate to pass; null = the host's own.</param>
/// <param name="Pause">What the provider wants between two requests.</param>
internal sealed record Question(string Source, Uri Address, string? Provider = null, TimeSpan Pause = default)
{
    /// <summary>What the server said of itself when it answered the last time.</summary>
    public Validators Known { get; init; } = Validators.None;
}

/// <summary>How a server recognises its own answer (RFC 9110, 8.8).</summary>
internal sealed record Validators(string? ETag, string? LastModified)
{
    public static readonly Validators None = new(null, null);
}

/// <summary>What came back, kept on the disk.</summary>
/// <param name="Raw">The unpacked body in our own file; null when nothing changed since <see cref="Question.Known"/>.</param>
internal sealed record Answer(RawAnswer? Raw, Validators Validators)
{
    public bool Unchanged => Raw is null;
}
