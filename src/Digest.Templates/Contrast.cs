using System.Buffers;
using System.Globalization;

namespace Digest.Templates;

/// <summary>How well one colour can be read on another (WCAG 2.2, 1.4.3).</summary>
public static class Contrast
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The least that level AA asks of text.</summary>
    public const double Least = 4.5;

    /// <summary>Six hexadecimal digits behind a number sign.</summary>
    public static bool IsColour(string colour) => colour is ['#', _, _, _, _, _, _] && colour.AsSpan(1).IndexOfAnyExcept(Hexadecimal) < 0;

    /// <summary>1 (the same) to 21 (black on white).</summary>
    public static double Of(string colour, string ground)
    {
        var (a, b) = (Luminance(colour), Luminance(ground));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
