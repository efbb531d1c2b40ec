using System.Globalization;
using Digest.Worker.Mailbox.Understanding.Tables;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Answering;

/// <summary>Our sentences in the reader's language; English where we have no other.</summary>
internal sealed class Sentences
{
    private static readonly Dictionary<string, Sentences> Languages = Read();
    private readonly Dictionary<string, string> texts;

    private Sentences(Dictionary<string, string> texts) => this.texts = texts;

    /// <summary>The languages that the table has, and the keys of each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Keys => Languages.ToDictionary(pair => pair.Key, pair => (IReadOnlyCollection<string>)pair.Value.texts.Keys);

    /// <param name="language">BCP 47.</param>
    public static Sentences For(string language) => Languages.GetValueOrDefault(language.Split('-')[0].ToLowerInvariant(), Languages["en"]);

    /// <summary>How often, in this language.</summary>
    public string Cadence(Cadence cadence) => cadence.Day is { } day ? Say("weekly", texts["days"].Split('|')[(int)day]) : Say(cadence.ToString());

    /// <summary>A day as this language writes it.</summary>
    public string Date(DateOnly date) => Say("date", date.Day == 1 ? texts["first-of-month"] : date.Day, texts["months"].Split('|')[date.Month - 1], date.Year);

    /// <summary>The day of a moment where the reader is.</summary>
    public string Date(DateTimeOffset moment, TimeZoneInfo zone) => Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime));

    /// <summary>Whether issues came, for "before".</summary>
    public string State(Subscriber reader) => reader.State switch
    {
        SubscriberState.Paused when reader.PausedUntil is { } until => Say("was-paused", Date(until, reader.Zone)),
        SubscriberState.Paused => Say("was-paused-open"),
        SubscriberState.Unsubscribed => Say("was-unsubscribed"),
        _ => Say("was-active", Cadence(reader.Cadence)),
    };

    /// <summary>The sentence, and on lines below it the commands that may be answered with.</summary>
    public string Offer(string key) => $"{Say(key)}\n{texts["commands"].Replace(" · ", "\n", StringComparison.Ordinal)}";

    public string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, texts[key], values);

    private static Dictionary<string, Sentences> Read()
    {
        var table = WordTable.Load("answers");
        return table.Names.Where(name => name.Length > 0).ToDictionary(name => name, name => new Sentences(
            table.Section(name).Select(line => line.Split(": ", 2)).ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal)), StringComparer.Ordinal);
    }
}
