namespace Digest.Worker.Delivery;

/// <summary>
/// Numbers from 0 up to 1 that lie evenly however many are drawn (the golden ratio's multiples): what failed together comes back apart. Chance
/// alone would put a fifth more than its part into some second.
/// </summary>
internal static class Spread
{
    private const double GoldenPart = 0.6180339887498949;

    private static readonly double Start = Random.Shared.NextDouble();

    private static long drawn;

    public static double Next()
    {
        var next = Start + GoldenPart * Interlocked.Increment(ref drawn);
        return next - Math.Floor(next);
    }
}
