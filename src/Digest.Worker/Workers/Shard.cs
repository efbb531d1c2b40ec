namespace Digest.Worker.Workers;

/// <summary>The subscribers in parts of about the same size: a subscriber belongs to the part of their number modulo <see cref="Count"/>.</summary>
internal static class Shard
{
    /// <summary>Enough that some dozens of workers have even parts.</summary>
    public const int Count = 64;

    /// <summary>The lease of those who own a part.</summary>
    public static string LeaseOf(int shard) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"shard/{shard}");
}
