using System.Globalization;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>The form, as its template sees it.</summary>
internal static class SubscribeView
{
    private static readonly string[] Cadences = ["daily", "weekdays", "weekly:monday", "weekly:tuesday", "weekly:wednesday", "weekly:thursday", "weekly:friday", "weekly:saturday", "weekly:sunday"];

    public static SiteContent Of(SubscribeModel form, Language language) => new("site-subscribe.html.sbn", language.Plain("site.subscribe"), new ScriptObject
    {
        ["address"] = form.Address,
        ["interests"] = Lines(form.Interests),
        ["cap"] = form.Cap.ToString(CultureInfo.InvariantCulture),
        ["proof"] = form.Proof,
        ["problems"] = new ScriptArray(form.Problems),
        ["zones"] = new ScriptArray(form.TimeZones.Select(zone => Choice(zone, zone, form.TimeZone))),
        ["cadences"] = new ScriptArray(Cadences.Select(cadence => Choice(cadence, language.Plain("site.cadence." + cadence), form.Cadence))),
        ["hours"] = new ScriptArray(Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))
            .Select(hour => Choice(hour, hour + ":00", form.Hour.ToString("00", CultureInfo.InvariantCulture)))),
    });

    private static ScriptObject Choice(string value, string name, string chosen) => new() { ["value"] = value, ["name"] = name, ["here"] = value == chosen };

    /// <summary>Text of several lines stays so: each is escaped by itself.</summary>
    private static Markup Lines(string text)
    {
        var output = new OutputBuffer();
        foreach (var line in text.Split('\n'))
        {
            if (output.Length > 0)
                output.Append('\n');
            var one = new OutputBuffer();
            HtmlText.Write(one, line.TrimEnd('\r'));
            // What a mail's line limit breaks is one interest here.
            output.Append(one.ToString().Replace("<wbr\n>", "", StringComparison.Ordinal).Replace('\n', ' '));
        }
        return new Markup(output.ToString());
    }
}
