namespace Digest.Worker.Settings;

/// <summary>Finds settings that no room reads, and the known one that was probably meant.</summary>
internal static class UnknownSettings
{
    /// <summary>A section that nobody knows counts only when it looks like one of ours: the environment is full of other programs' variables.</summary>
    private const int MostMistakes = 2;

    /// <returns>One line for each.</returns>
    public static IReadOnlyList<string> Find(IConfiguration configuration) =>
        [.. configuration.AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key.Contains(':', StringComparison.Ordinal) && IsOurs(pair.Key.Split(':')[0]))
            .Where(pair => !SettingKeys.IsKnown(pair.Key) && !SettingKeys.IsKnown(SecretFiles.Target(pair.Key)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} is no setting of ours: did you mean {Nearest(pair.Key)}?")];

    private static bool IsOurs(string section) => SettingKeys.Sections.Any(known => Distance(known.ToUpperInvariant(), section.ToUpperInvariant()) <= MostMistakes && section.Length > 3 || known.Equals(section, StringComparison.OrdinalIgnoreCase));

    private static string Nearest(string key)
    {
        var wanted = SettingKeys.Normal(key);
        // Whoever writes half of a key means that one: Smtp:User is Smtp:Username, not Smtp:Host.
        var nearest = (SettingKeys.All.Where(known => known.Key.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).MinBy(known => known.Key.Length)
            ?? SettingKeys.All.MinBy(known => Distance(known.Key.ToUpperInvariant(), wanted.ToUpperInvariant())))!.Key;
        // The numbers that were given stand again where the known key has an N.
        foreach (var number in key.Split(':').Where(part => part.All(char.IsAsciiDigit)))
            nearest = nearest.IndexOf(":N", StringComparison.Ordinal) is >= 0 and var at ? $"{nearest[..at]}:{number}{nearest[(at + 2)..]}" : nearest;
        return nearest;
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (Damerau, optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        return rows[a.Length, b.Length];
    }
}
