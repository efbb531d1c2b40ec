using System.Text;

namespace Digest.Worker.Matching.Language;

/// <summary>One line of a profile.</summary>
/// <param name="Line">1-based line of the profile.</param>
/// <param name="Text">As the reader wrote it, trimmed.</param>
/// <param name="Name">The name before the colon, where it has one.</param>
/// <param name="Excludes">A paper that fits <paramref name="Query"/> is kept out, whatever else it fits.</param>
internal sealed record Interest(int Line, string Text, string? Name, Query Query, bool Excludes)
{
    /// <summary>What the reader is told: the name, or the line.</summary>
    public string Label => Name ?? Text;

    /// <summary>The same for interests that find (or keep out) the same.</summary>
    public string Canonical => WriteCanonical(new StringBuilder()).ToString();

    public StringBuilder WriteCanonical(StringBuilder to) => QueryParts.WriteCanonical(Query, to.Append(Excludes ? '-' : '+'));
}
