namespace Digest.Worker.Subscribers;

/// <summary>Somebody who gets issues: who, what they want, and when.</summary>
internal sealed record Subscriber
{
    public long Id { get; init; }

    /// <summary>The address as given; what we write to.</summary>
    public required string Email { get; init; }

    public string? Name { get; init; }

    /// <summary>BCP 47 tag of the language of our own sentences.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA name; hours and days are counted in it.</summary>
    public string Timezone { get; init; } = "UTC";

    public Cadence Cadence { get; init; } = Cadence.Daily;

    /// <summary>The hour of the day an issue is due, 0 to 23, in <see cref="Timezone"/>.</summary>
    public int Hour { get; init; } = 7;

    /// <summary>The most papers in one issue, 1 to 100.</summary>
    public int Cap { get; init; } = 8;

    /// <summary>Wants a mail on an empty day too.</summary>
    public bool NothingToday { get; init; }

    /// <summary>The interests as written, one a line; empty means trending.</summary>
    public string Profile { get; init; } = "";

    public SubscriberState State { get; init; } = SubscriberState.Active;

    /// <summary>While paused: the first day on which issues come again; null = until they resume.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>The newest paper that was considered for them; null before the first issue and after a pause.</summary>
    public long? Watermark { get; init; }

    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>What waits for the next issue, as stored (<see cref="Subscribers.Waiting"/>); only composing and sending write it.</summary>
    public string Waiting { get; init; } = Subscribers.Waiting.None;

    /// <summary>When their newest issue was composed, an empty one too; null before the first.</summary>
    public DateTimeOffset? ComposedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ConsentAt { get; init; }

    /// <summary>Where the consent came from: <c>add</c>, <c>import FILE</c>, <c>mail</c>, <c>page</c>, <c>confirmation</c>.</summary>
    public string? ConsentSource { get; init; }

    /// <summary>The words that were agreed to, where we showed any.</summary>
    public string? ConsentText { get; init; }

    public DateTimeOffset? UnsubscribedAt { get; init; }

    /// <summary>The zone of <see cref="Timezone"/>; UTC where this machine's data no longer knows the name.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(Timezone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The interests one by one, as written.</summary>
    public IReadOnlyList<string> Interests => new InterestLines(Profile);
}
