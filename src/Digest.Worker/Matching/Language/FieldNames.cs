namespace Digest.Worker.Matching.Language;

/// <summary>What may stand before a colon: our own names and arXiv's.</summary>
internal enum FieldName
{
    None,
    All,
    Title,
    Abstract,
    Author,
    Category,
}

internal static class FieldNames
{
    public static bool Contains(ReadOnlySpan<char> name) => Of(name) != FieldName.None;

    public static FieldName Of(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[10];
        if (name.Length > lower.Length || name.IsEmpty)
        {
            return FieldName.None;
        }

        name.ToLowerInvariant(lower);
        return lower[..name.Length] switch
        {
            "all" => FieldName.All,
            "title" or "ti" => FieldName.Title,
            "abs" or "abstract" => FieldName.Abstract,
            "author" or "authors" or "au" => FieldName.Author,
            "cat" or "category" => FieldName.Category,
            _ => FieldName.None,
        };
    }
}
