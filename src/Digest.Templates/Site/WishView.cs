using System.Globalization;
using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>The fields for what and when, as their template sees them.</summary>
internal static class WishView
{
    private static readonly string[] Cadences = ["daily", "weekdays", "weekly:monday", "weekly:tuesday", "weekly:wednesday", "weekly:thursday", "weekly:friday", "weekly:saturday", "weekly:sunday"];

    public static ScriptObject Of(WishModel wish, Language language, IReadOnlyList<string> tags) => new()
    {
        ["interests"] = Paragraphs.Of(wish.Interests),
        ["cap"] = wish.Cap.ToString(CultureInfo.InvariantCulture),
        ["zones"] = new ScriptArray(Zones(wish).Select(zone => Choice(zone, zone, wish.TimeZone))),
        ["cadences"] = new ScriptArray(Cadences.Select(cadence => Choice(cadence, language.Plain("site.cadence." + cadence), wish.Cadence))),
        ["hours"] = new ScriptArray(Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))
            .Select(hour => Choice(hour, hour + ":00", wish.Hour.ToString("00", CultureInfo.InvariantCulture)))),
        ["mail_languages"] = wish.Language is { } chosen ? new ScriptArray(tags.Select(tag => Choice(tag, FrameView.NameOf(tag), chosen))) : null,
        ["asks_nothing"] = wish.NothingToday is not null,
        ["nothing"] = wish.NothingToday == true,
    };

    /// <summary>A zone that is not offered stays chosen where it was set elsewhere.</summary>
    private static IEnumerable<string> Zones(WishModel wish) => wish.TimeZones.Contains(wish.TimeZone) ? wish.TimeZones : wish.TimeZones.Prepend(wish.TimeZone);

    private static ScriptObject Choice(string value, string name, string chosen) => new() { ["value"] = value, ["name"] = name, ["here"] = value == chosen };
}
