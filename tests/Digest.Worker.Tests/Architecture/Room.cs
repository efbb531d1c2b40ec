using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Architecture;

/// <summary>The table of docs/ARCHITECTURE.md: the page that a person reads is the one that the test holds the code to.</summary>
internal sealed record Room(string Name, IReadOnlyList<string> MayUse, IReadOnlyList<string> Packages)
{
    public static IReadOnlyDictionary<string, Room> All { get; } = Read().ToDictionary(room => room.Name);

    private static IEnumerable<Room> Read() =>
        from line in File.ReadLines(Path.Combine(Repository.Folder, "docs", "ARCHITECTURE.md"))
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 6
        select new Room(cells[1].Trim('`'), Words(cells[3]), Words(cells[4]));

    private static string[] Words(string cell) => cell is "nothing" or "none" ? [] : cell.Split(',', StringSplitOptions.TrimEntries);
}
