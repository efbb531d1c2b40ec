using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// Until 2024 arXiv's feeds said in the title what has elements of its own since: <c>A Title. (arXiv:2301.00001v2 [cs.CL] UPDATED)</c>.
/// </summary>
internal static partial class OldArxivTitle
{
    /// <summary>The title alone, and what stood behind it; the rest is null where nothing did.</summary>
    public static (string Title, string? Id, string? Category, AnnounceType? Type) Read(string title)
    {
        if (Tail().Match(title) is not { Success: true } match)
            return (title, null, null, null);
        var type = match.Groups["mark"].Value switch
        {
            "UPDATED" => AnnounceType.Replace,
            "CROSS LISTED" => AnnounceType.Cross,
            _ => AnnounceType.New,
        };
        return (title[..match.Index].TrimEnd('.', ' ', '\n'), match.Groups["id"].Value, match.Groups["category"].Value, type);
    }

    [GeneratedRegex(@"\s*\(arXiv:(?<id>[^\s)]+)(?:\s+\[(?<category>[A-Za-z.-]+)\])?(?:\s+(?<mark>UPDATED|CROSS LISTED))?\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tail();
}
