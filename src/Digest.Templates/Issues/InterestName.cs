using System.Buffers;

namespace Digest.Templates.Issues;

/// <summary>An interest as a heading says it: the reader's own words, without the signs that were meant for the machine.</summary>
internal static class InterestName
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(" \"()");
    private static readonly SearchValues<char> Weight = SearchValues.Create("0123456789.");
    private static readonly string[] Fields = ["author:", "au:", "cat:", "category:", "title:", "ti:", "abstract:", "abs:"];

    /// <summary>
    /// <c>author:"Ada Quill"</c> is Ada Quill, <c>cat:cs.LG</c> is cs.LG, <c>robots^2</c> is robots. A line of more than one part stays as it
    /// was written: there the signs carry the sense.
    /// </summary>
    public static string Of(string interest)
    {
        var name = Weightless(interest.Trim());
        var field = Array.Find(Fields, field => name.StartsWith(field, StringComparison.OrdinalIgnoreCase));
        var rest = field is null ? name : name[field.Length..].Trim();
        if (rest is ['"', .. var inner, '"'] && !inner.Contains('"', StringComparison.Ordinal))
            return inner.Trim() is { Length: > 0 } words ? words : interest;
        return field is not null && rest.Length > 0 && !rest.AsSpan().ContainsAny(Signs) ? rest : name;
    }

    private static string Weightless(string line)
    {
        var sign = line.LastIndexOf('^');
        return sign > 0 && sign < line.Length - 1 && line.AsSpan(sign + 1).IndexOfAnyExcept(Weight) < 0 ? line[..sign] : line;
    }
}
