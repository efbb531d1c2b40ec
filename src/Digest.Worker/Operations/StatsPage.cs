using System.Globalization;
using System.Net;
using System.Text;
using Digest.Worker.Health;

namespace Digest.Worker.Operations;

/// <summary>The figures as a page of its own: plots in SVG, no script, nothing from elsewhere.</summary>
internal static class StatsPage
{
    private const int Width = 640;
    private const int Height = 120;

    public static string Write(Statistics all, string siteName)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{{Text(siteName)}}: {{all.First:d MMMM}} to {{all.First.AddDays(all.Sent.Count - 1):d MMMM yyyy}}</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --bar: #1a5fb4; --bad: #c01c28; --ground: #ffffff; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --soft: #a9b2bd; --bar: #8cb9f5; --bad: #ff7b72; --ground: #15181c; } }
            body { margin: 0 auto; max-width: 688px; padding: 28px 24px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 4px; } p { margin: 0; color: var(--soft); }
            svg { width: 100%; display: block; margin-top: 4px; } rect, i { fill: var(--bar); background: var(--bar); } .bad { fill: var(--bad); background: var(--bad); } .half { opacity: .45; }
            .key { white-space: nowrap; } .plot { height: 120px; border-bottom: 1px solid var(--soft); } .days { height: 20px; } i { display: inline-block; width: 12px; height: 12px; margin: 0 2px 0 6px; vertical-align: -1px; }
            .axis { position: relative; height: 18px; font-size: 12px; color: var(--soft); } .axis span { position: absolute; }
            </style></head><body>
            <h1>{{Text(siteName)}}</h1>
            <p>{{all.First:d MMMM}} to {{all.First.AddDays(all.Sent.Count - 1):d MMMM yyyy}}, days in UTC. Subscribers: {{Text(string.Join(", ", all.Subscribers.Select(figure => $"{figure.Value} {figure.Name}").DefaultIfEmpty("none")))}}.</p>

            """);
        Plot(page, all, "Issues sent", "", null, [.. all.Sent.Select(value => (double)value)]);
        Plot(page, all, "Papers in an issue, on average", "", string.Create(CultureInfo.InvariantCulture, $"{all.MatchesOnAverage:0.0} in these days"), all.MatchesPerIssue);
        Plot(page, all, "New papers", "", null, [.. all.Papers.Select(value => (double)value)]);
        Plot(page, all, "Bounces", "bad", null, [.. all.Bounced.Select(value => (double)value)]);
        Plot(page, all, "Complaints", "bad", null, [.. all.Complaints.Select(value => (double)value)]);
        Plot(page, all, "Unsubscribed", "", null, [.. all.Unsubscribed.Select(value => (double)value)]);
        Harvests(page, all);
        return page.Append("</body></html>\n").ToString();
    }

    /// <param name="said">What is said of all days together; null: their sum.</param>
    private static void Plot(StringBuilder page, Statistics all, string title, string kind, string? said, IReadOnlyList<double> values)
    {
        if (values.Max() <= 0)
        {
            // Room for what there is to see.
            page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><p>None in these days</p>\n");
            return;
        }
        // One is not a mountain: bars fill the plot only from so many on.
        var most = Math.Max(values.Max(), 4);
        var step = (double)Width / values.Count;
        said ??= string.Create(CultureInfo.InvariantCulture, $"{values.Sum():#,0} in all");
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><p>{said}, at most {values.Max():#,0.#} a day</p>\n{Svg("plot", Height, title)}");
        for (var day = 0; day < values.Count; day++)
            if (values[day] > 0)
                page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{day * step + 1:0.##}\" y=\"{Height - values[day] / most * Height:0.##}\" width=\"{Math.Max(1, step - 2):0.##}\" height=\"{values[day] / most * Height:0.##}\"><title>{all.First.AddDays(day):d MMMM}: {values[day]:0.#}</title></rect>\n");
        page.Append("</svg>\n");
        Axis(page, all, values.Count);
    }

    private static void Harvests(StringBuilder page, Statistics all)
    {
        var step = (double)Width / all.Sent.Count;
        if (all.Batches.Count > 0)
            page.Append("<h2>Harvests</h2><p>Each day of a source: <span class=\"key\"><i></i> whole</span> <span class=\"key\"><i class=\"half\"></i> in part</span> <span class=\"key\"><i class=\"bad\"></i> missing</span>; empty where nothing was due.</p>\n");
        foreach (var source in all.Batches.GroupBy(batch => batch.Source))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(source.Key)}</h2><p>{source.Count(batch => batch.State == "whole")} of {source.Count(batch => batch.State != "holiday")} days whole</p>\n{Svg("days", 20, "Harvest of " + source.Key)}");
            foreach (var batch in source.Where(batch => batch.State != "holiday"))
            {
                var kind = batch.State switch { "whole" => "", "partial" => "half", _ => "bad" };
                page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{(batch.Day.DayNumber - all.First.DayNumber) * step + 1:0.##}\" y=\"0\" width=\"{Math.Max(1, step - 2):0.##}\" height=\"20\"><title>{batch.Day:d MMMM}: {Text(batch.State)}</title></rect>\n");
            }
            page.Append("</svg>\n");
        }
        if (all.Batches.Count > 0)
            Axis(page, all, all.Sent.Count);
    }

    // Stretched to the page's width, so it holds no letters.
    private static string Svg(string kind, int height, string title) =>
        $"<svg class=\"{kind}\" viewBox=\"0 0 {Width} {height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Text(title)}, day by day\">\n";

    private static void Axis(StringBuilder page, Statistics all, int days)
    {
        page.Append("<div class=\"axis\" aria-hidden=\"true\">");
        for (var day = 0; day < days; day += Math.Max(1, days / 5))
            page.Append(CultureInfo.InvariantCulture, $"<span style=\"left:{100.0 * day / days:0.##}%\">{all.First.AddDays(day):d MMM}</span>");
        page.Append("</div>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
