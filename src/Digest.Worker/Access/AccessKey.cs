namespace Digest.Worker.Access;

/// <summary>A key of the operator's API and pages, as it is kept: never the key itself.</summary>
internal sealed record AccessKey
{
    public long Id { get; init; }

    /// <summary>What the operator calls it.</summary>
    public string Name { get; init; } = "";

    public KeyScope Scope { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last day (UTC) on which it opened something; null: never.</summary>
    public DateOnly? UsedOn { get; init; }

    /// <summary>Null while it opens anything.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public bool Allows(KeyScope wanted) => RevokedAt is null && Scope >= wanted;
}
