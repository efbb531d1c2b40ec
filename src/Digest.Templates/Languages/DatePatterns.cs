using System.Globalization;
using System.Text.Json;

namespace Digest.Templates.Languages;

/// <summary>
/// How a language writes a day. Our own tables instead of ICU's: the same bytes on every machine, also in a container without
/// culture data. Patterns know <c>{weekday}</c>, <c>{d}</c>, <c>{m}</c>, <c>{month}</c>, <c>{mon}</c> and <c>{y}</c>.
/// </summary>
internal sealed class DatePatterns(JsonElement table)
{
    private readonly string _long = table.Part("long").GetString()!;
    private readonly string _medium = table.Part("medium").GetString()!;
    private readonly string _short = table.Part("short").GetString()!;
    private readonly string _month = table.Part("month").GetString()!;
    private readonly string? _first = table.TryGetProperty("first", out var first) ? first.GetString() : null;
    private readonly string[] _months = Names(table, "months", 12);
    private readonly string[] _short12 = Names(table, "monthsShort", 12);
    private readonly string[] _weekdays = Names(table, "weekdays", 7);

    public string Long(DateOnly date) => Fill(_long, date);

    public string Medium(DateOnly date) => Fill(_medium, date);

    public string Short(DateOnly date) => Fill(_short, date);

    /// <summary>A month of a year.</summary>
    public string Month(DateOnly date) => Fill(_month, date);

    private static string[] Names(JsonElement table, string key, int count)
    {
        var names = table.Part(key).EnumerateArray().Select(name => name.GetString()!).ToArray();
        return names.Length == count ? names : throw new FormatException($"dates.{key} must hold {count} names");
    }

    private string Fill(string pattern, DateOnly date) => pattern
        .Replace("{weekday}", _weekdays[((int)date.DayOfWeek + 6) % 7], StringComparison.Ordinal)
        .Replace("{d}", date.Day == 1 && _first is not null ? _first : Digits(date.Day), StringComparison.Ordinal)
        .Replace("{month}", _months[date.Month - 1], StringComparison.Ordinal)
        .Replace("{mon}", _short12[date.Month - 1], StringComparison.Ordinal)
        .Replace("{m}", Digits(date.Month), StringComparison.Ordinal)
        .Replace("{y}", Digits(date.Year), StringComparison.Ordinal);

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
