using System.Globalization;
using Scriban.Runtime;

namespace Digest.Templates.Site.Admin;

/// <summary>Where the bars and squares of a plot stand, in the units of its picture.</summary>
internal static class PlotView
{
    private const int Width = 640;
    private const int Height = 120;
    private const int Square = 20;

    public static ScriptObject Of(AdminPlot plot)
    {
        var most = Math.Max(plot.Values.DefaultIfEmpty().Max(), 1);
        var step = (double)Width / Math.Max(1, plot.Values.Count);
        return new ScriptObject
        {
            ["height"] = Height + 1,
            ["ground"] = Height,
            ["bars"] = new ScriptArray(plot.Values.Select((value, day) => (value, day)).Where(bar => bar.value > 0).Select(bar => Bar(
                plot.Bad ? "bad" : "bar", bar.day, step, Height - bar.value / most * (Height - 8), bar.value / most * (Height - 8), $"{Day(plot.First.AddDays(bar.day))}: {Text(bar.value)}"))),
            ["labels"] = Axis(plot.First, plot.Values.Count),
        };
    }

    public static ScriptObject Of(AdminStrip strip)
    {
        var step = (double)Width / Math.Max(1, strip.Days);
        return new ScriptObject
        {
            ["height"] = Square + 1,
            ["ground"] = Square,
            ["bars"] = new ScriptArray(strip.States.Select(state => Bar(
                state.Kind switch { DayKind.Good => "bar", DayKind.Half => "half", _ => "bad" }, state.Day.DayNumber - strip.First.DayNumber, step, 0, Square, $"{Day(state.Day)}: {state.State}"))),
            ["labels"] = Axis(strip.First, strip.Days),
        };
    }

    private static ScriptObject Bar(string kind, int day, double step, double y, double height, string title) => new()
    {
        ["kind"] = kind,
        ["x"] = Text(day * step + 1),
        ["y"] = Text(y),
        ["width"] = Text(Math.Max(1, step - 2)),
        ["height"] = Text(height),
        ["title"] = title,
    };

    /// <summary>The first, the middle and the last day.</summary>
    private static ScriptArray Axis(DateOnly first, int days) => new(new[] { 0, days / 2, days - 1 }.Select(day => Day(first.AddDays(day))));

    private static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
