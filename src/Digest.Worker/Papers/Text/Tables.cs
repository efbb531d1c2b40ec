using System.Collections.Frozen;
using System.Globalization;

namespace Digest.Worker.Papers.Text;

/// <summary>The tables that the module is driven by: text files in the assembly, so that they grow without C#.</summary>
internal static class Tables
{
    public static readonly FrozenDictionary<string, Command> Commands =
        Rows("commands").Select(ReadCommand).ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Command>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Commands.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Character in a script, to its raised form.</summary>
    public static readonly FrozenDictionary<char, char> Raised = Script(1);

    /// <summary>Character in a script, to its lowered form.</summary>
    public static readonly FrozenDictionary<char, char> Lowered = Script(2);

    /// <summary>The sign or letter of an accent, to its combining character.</summary>
    public static readonly FrozenDictionary<char, char> Accents =
        Rows("accents").ToFrozenDictionary(row => row[0][0], row => Value(row[1])[0]);

    /// <summary>Name of a tag, to what stays in its place.</summary>
    public static readonly FrozenDictionary<string, TagKind> Tags =
        Rows("tags").ToFrozenDictionary(row => row[0], row => Enum.Parse<TagKind>(row[1], ignoreCase: true), StringComparer.OrdinalIgnoreCase);

    /// <summary>Headings inside abstracts, the longest first; each as it stands in the table and in capitals.</summary>
    public static readonly IReadOnlyList<string> Headings =
        [.. Rows("headings").Select(row => string.Join(' ', row)).SelectMany(heading => new[] { heading, heading.ToUpperInvariant() }).Distinct().OrderByDescending(heading => heading.Length)];

    /// <summary>The command of this name, without its backslash; null if it is not known.</summary>
    public static Command? Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var command) ? command : null;

    private static Command ReadCommand(string[] row)
    {
        var bare = row[^1].StartsWith('?') ? Enum.Parse<Bare>(row[^1][1..], ignoreCase: true) : Bare.Never;
        var value = string.Join(' ', row[2..(bare == Bare.Never ? row.Length : row.Length - 1)]);
        return new Command(row[0], Enum.Parse<CommandKind>(row[1], ignoreCase: true), Value(value), bare);
    }

    private static string Value(string written) => written.StartsWith("U+", StringComparison.Ordinal)
        ? ((char)int.Parse(written.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : written;

    private static FrozenDictionary<char, char> Script(int column) =>
        Rows("scripts").Where(row => row[column] != "-").ToFrozenDictionary(row => row[0][0], row => row[column][0]);

    private static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(Tables).Assembly.GetManifestResourceStream($"text/{table}.txt")
            ?? throw new InvalidOperationException($"the table {table} is not in the assembly");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
                yield return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
