using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// Reads subscribers row by row. Of what stands in a row most is the same for many readers (language, zone, cadence): it is one object for all of them, and what
/// is a number or a time is never an object.
/// </summary>
internal sealed class SubscriberRows(DbDataReader row, RowTexts texts)
{
    /// <summary>The columns of a row, in this order.</summary>
    public const string Columns =
        """
        id, email, name, language, timezone, cadence, hour, cap, nothing_today, profile, state, paused_until, watermark,
        next_due_at, waiting, composed_at, created_at, consent_at, consent_source, consent_text, unsubscribed_at
        """;

    private readonly KnownWords<string> words = new(word => word);
    private readonly KnownWords<Cadence> cadences = new(CadenceOf);
    private readonly KnownWords<SubscriberState> states = new(state => Enum.Parse<SubscriberState>(state, ignoreCase: true));

    public static Cadence CadenceOf(string stored) => Cadence.TryParse(stored, out var cadence) ? cadence : Cadence.Daily;

    /// <summary>The subscriber of the row where the reader stands.</summary>
    public Subscriber Read() => new()
    {
        Id = row.GetInt64(0),
        Email = row.GetString(1),
        Name = row.IsDBNull(2) ? null : row.GetString(2),
        Language = words[texts[3]],
        Timezone = words[texts[4]],
        Cadence = cadences[texts[5]],
        Hour = (int)row.GetInt64(6),
        Cap = (int)row.GetInt64(7),
        NothingToday = row.GetInt64(8) != 0,
        Profile = row.GetString(9),
        State = states[texts[10]],
        PausedUntil = Time(11),
        Watermark = row.IsDBNull(12) ? null : row.GetInt64(12),
        NextDueAt = Time(13),
        Waiting = Text(14),
        ComposedAt = Time(15),
        CreatedAt = TypeHandlers.ToTime(texts[16]),
        ConsentAt = Time(17),
        ConsentSource = row.IsDBNull(18) ? null : words[texts[18]],
        ConsentText = row.IsDBNull(19) ? null : words[texts[19]],
        UnsubscribedAt = Time(20),
    };

    /// <summary>Where nothing waits, which is so for all on their first day, that is one text.</summary>
    private string Text(int column) => texts[column] is var text && text.SequenceEqual(Waiting.None) ? Waiting.None : text.ToString();

    private DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : TypeHandlers.ToTime(texts[column]);
}
