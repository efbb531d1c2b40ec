namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>What an independent reading of an answer finds: raw texts, no cleaning beyond white space.</summary>
internal sealed record Expected(string Id, int? Version, string Title, IReadOnlyList<string> Authors, IReadOnlyList<string> Categories)
{
    public string? AnnounceType { get; init; }

    /// <summary>The moment or the day as the file says it.</summary>
    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Doi { get; init; }

    public int? Upvotes { get; init; }
}
