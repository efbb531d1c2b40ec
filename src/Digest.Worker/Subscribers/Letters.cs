using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;

namespace Digest.Worker.Subscribers;

/// <summary>Puts letters to a subscriber into the outbox, inside the transaction that is their reason.</summary>
internal sealed class Letters(OutboxStore outbox)
{
    /// <param name="occasion">What makes this letter one letter: a second one for the same occasion is not written.</param>
    public Task<bool> WriteAsync(DbTransaction transaction, MailKind kind, Subscriber subscriber, string occasion, DateTimeOffset now, IReadOnlyList<string>? lines = null) =>
        outbox.AddAsync(transaction, new OutboxMail
        {
            Key = $"{MailKinds.ToText(kind)}/{subscriber.Id}/{occasion}",
            Kind = kind,
            SubscriberId = subscriber.Id,
            Recipient = subscriber.Email,
            Payload = Payload(subscriber, lines).ToJson(),
            CreatedAt = now,
        });

    /// <summary>An occasion that is a moment: to the millisecond.</summary>
    public static string Moment(DateTimeOffset now) => now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static LetterPayload Payload(Subscriber subscriber, IReadOnlyList<string>? lines) => new()
    {
        Language = subscriber.Language,
        Name = subscriber.Name,
        Interests = subscriber.Interests,
        NextIssue = subscriber.NextDueAt is { } due ? TimeZoneInfo.ConvertTime(due, subscriber.Zone).DateTime : null,
        Cadence = subscriber.Cadence.ToString(),
        Hour = subscriber.Hour,
        Timezone = subscriber.Timezone,
        Lines = lines ?? [],
    };
}
