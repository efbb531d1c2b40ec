using System.Globalization;
using Digest.Templates.Site.Admin;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Web.Admin;

/// <summary>How the operator's pages write moments, numbers and the days of sources.</summary>
internal static class AdminReading
{
    public static readonly AdminPage NotThere = new("There is no such page", AdminPlace.Month, [new AdminNote("Perhaps it was removed meanwhile.", Bad: false)]);

    public static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd\u00A0HH:mm'Z'", CultureInfo.InvariantCulture) ?? "-";

    public static string Day(DateOnly day) => day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>The days of each source as squares.</summary>
    /// <param name="states">As they stand in the database.</param>
    public static IEnumerable<AdminStrip> Strips(IEnumerable<(string Source, DateOnly Day, string State)> states, DateOnly first, int days) =>
        from day in states
        where day.State != BatchStates.ToText(BatchState.Holiday)
        group day by day.Source into source
        select new AdminStrip(source.Key, $"{source.Count(day => day.State == "whole")} of {source.Count()} days whole", first, days,
            [.. source.Select(day => new AdminDay(day.Day, day.State, day.State switch { "whole" => DayKind.Good, "partial" or "not yet" => DayKind.Half, _ => DayKind.Bad }))]);
}
