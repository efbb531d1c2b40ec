using System.ComponentModel;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Api;

/// <summary>A subscriber as the API shows one.</summary>
internal sealed record ApiSubscriber
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public required string? Name { get; init; }

    [Description("pending, active, paused or unsubscribed")]
    public required string State { get; init; }

    [Description("BCP 47")]
    public required string Language { get; init; }

    [Description("IANA name")]
    public required string TimeZone { get; init; }

    [Description("daily, weekdays or weekly:DAY")]
    public required string Cadence { get; init; }

    [Description("The hour at which an issue is due, 0 to 23, in the reader's zone")]
    public required int Hour { get; init; }

    [Description("The most papers in one issue, 1 to 100")]
    public required int Cap { get; init; }

    [Description("Wants a mail on an empty day too")]
    public required bool NothingToday { get; init; }

    [Description("As written, in order; none means trending")]
    public required IReadOnlyList<string> Interests { get; init; }

    [Description("While paused: the first moment with issues again; null: until they resume")]
    public required DateTimeOffset? PausedUntil { get; init; }

    public required DateTimeOffset? NextIssueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? ConsentAt { get; init; }

    [Description("Where the consent came from")]
    public required string? ConsentSource { get; init; }

    public required DateTimeOffset? UnsubscribedAt { get; init; }

    public static ApiSubscriber Of(Subscriber subscriber) => new()
    {
        Id = subscriber.Id,
        Email = subscriber.Email,
        Name = subscriber.Name,
        State = subscriber.State.ToString().ToLowerInvariant(),
        Language = subscriber.Language,
        TimeZone = subscriber.Timezone,
        Cadence = subscriber.Cadence.ToString(),
        Hour = subscriber.Hour,
        Cap = subscriber.Cap,
        NothingToday = subscriber.NothingToday,
        Interests = subscriber.Interests,
        PausedUntil = subscriber.PausedUntil,
        NextIssueAt = subscriber.NextDueAt,
        CreatedAt = subscriber.CreatedAt,
        ConsentAt = subscriber.ConsentAt,
        ConsentSource = subscriber.ConsentSource,
        UnsubscribedAt = subscriber.UnsubscribedAt,
    };
}

/// <summary>What of a subscription can be said; what is left out stays as it is, or is as for everybody.</summary>
internal record SubscriberWish
{
    [Description("At most 200 characters")]
    public string? Name { get; init; }

    [Description("BCP 47, such as en or de")]
    public string? Language { get; init; }

    [Description("IANA name, such as Europe/Berlin")]
    public string? TimeZone { get; init; }

    [Description("daily, weekdays or weekly:DAY")]
    public string? Cadence { get; init; }

    [Description("0 to 23, in the reader's zone")]
    public int? Hour { get; init; }

    [Description("1 to 100")]
    public int? Cap { get; init; }

    public bool? NothingToday { get; init; }

    [Description("One line each, in the language of docs/PROFILE.md; none means trending")]
    public IReadOnlyList<string>? Interests { get; init; }

    protected SubscriberDraft Draft(string? email) => new()
    {
        Email = email,
        Name = Name,
        Language = Language,
        Timezone = TimeZone,
        Cadence = Cadence,
        Hour = Hour?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Cap = Cap?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        NothingToday = NothingToday,
        Interests = Interests is null ? null : string.Join('\n', Interests),
    };
}

/// <summary>Somebody to take in.</summary>
internal sealed record NewSubscriber : SubscriberWish
{
    public required string Email { get; init; }

    [Description("confirmation (the usual: they get one mail, and nothing more until they press its button), welcome (they agreed elsewhere and are told so) or none")]
    public string? Letter { get; init; }

    public SubscriberDraft Draft() => Draft(Email);
}

/// <summary>What is to change.</summary>
internal sealed record SubscriberChange : SubscriberWish
{
    public string? Email { get; init; }

    public SubscriberDraft Draft() => Draft(Email);
}

/// <summary>Whom to look for. In a body, because no address belongs into an address.</summary>
internal sealed record SubscriberQuestion
{
    [Description("A part of the address or the name, at most 254 characters")]
    public string? Text { get; init; }

    [Description("pending, active, paused or unsubscribed")]
    public string? State { get; init; }

    [Description("1 to 200; 50 where nothing is said")]
    public int? Limit { get; init; }

    [Description("'next' of the answer before")]
    public string? Cursor { get; init; }
}

internal sealed record PauseWish
{
    [Description("The first moment with issues again; left out: until they resume")]
    public DateTimeOffset? Until { get; init; }
}
