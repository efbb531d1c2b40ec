using System.Globalization;

namespace Digest.Worker.Subscribers;

/// <summary>How often: every day, Monday to Friday, or once a week on one day.</summary>
internal sealed record Cadence
{
    public static readonly Cadence Daily = new("daily", null);
    public static readonly Cadence Weekdays = new("weekdays", null);

    private readonly string word;

    private Cadence(string word, DayOfWeek? day) => (this.word, Day) = (word, day);

    /// <summary>The day of a weekly cadence; null for the others.</summary>
    public DayOfWeek? Day { get; }

    public static Cadence Weekly(DayOfWeek day) => new("weekly", day);

    /// <summary>True when an issue is due on this day of the week.</summary>
    public bool Falls(DayOfWeek day) => word switch
    {
        "daily" => true,
        "weekdays" => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        _ => day == Day,
    };

    /// <summary>How far back an issue looks when there was none before it.</summary>
    public TimeSpan Period => TimeSpan.FromDays(Day is null ? 1 : 7);

    /// <summary>Reads <c>daily</c>, <c>weekdays</c>, <c>weekly</c> (on Monday), <c>weekly:friday</c>, <c>weekly on friday</c>.</summary>
    public static bool TryParse(string text, out Cadence cadence)
    {
        cadence = Daily;
        // What nearly all have is asked for with every reader of a large run.
        if (text == Daily.word)
            return true;
        var words = text.ToLowerInvariant().Split([' ', ':', ','], StringSplitOptions.RemoveEmptyEntries).Where(part => part != "on").ToArray();
        switch (words)
        {
            case ["daily"]:
                return true;
            case ["weekdays"]:
                cadence = Weekdays;
                return true;
            case ["weekly"]:
                cadence = Weekly(DayOfWeek.Monday);
                return true;
            case ["weekly", var name] when DayNamed(name) is { } day:
                cadence = Weekly(day);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The form that the database, the CSV file and the templates use.</summary>
    public override string ToString() => Day is { } day ? $"weekly:{day.ToString().ToLowerInvariant()}" : word;

    private static DayOfWeek? DayNamed(string name)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
            if (name.Length >= 3 && CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day).StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return day;
        return null;
    }
}
