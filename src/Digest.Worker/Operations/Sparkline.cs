namespace Digest.Worker.Operations;

/// <summary>A row of bars, one character a value, from nothing to the largest.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public static string Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        var most = all.DefaultIfEmpty().Max();
        return string.Concat(all.Select(value => value <= 0 ? '·' : Bars[(int)Math.Min(Bars.Length - 1, value / most * (Bars.Length - 1))]));
    }
}
