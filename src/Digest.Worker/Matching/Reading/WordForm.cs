namespace Digest.Worker.Matching.Reading;

/// <summary>
/// What letters are compared as. The forms that were met lately are kept, the same few thousand stand in every text: at most so many, each a few
/// dozen octets. Any number of threads may ask.
/// </summary>
/// <param name="Letters">Folded, their case and their plural kept.</param>
/// <param name="Cased">See <see cref="Word.Cased"/>.</param>
/// <param name="Folded">See <see cref="Word.Folded"/>.</param>
internal sealed record WordForm(string Letters, string Cased, string Folded)
{
    private const int MostKept = 1 << 14;
    private const int LongestKept = 24;

    private static readonly WordForm?[] Kept = new WordForm?[MostKept];

    public static WordForm Of(ReadOnlySpan<char> letters)
    {
        if (letters.Length > LongestKept)
        {
            return Of(letters.ToString());
        }

        ref var place = ref Kept[string.GetHashCode(letters) & (MostKept - 1)];
        var kept = Volatile.Read(ref place);
        if (kept is not null && letters.SequenceEqual(kept.Letters))
        {
            return kept;
        }

        var form = Of(letters.ToString());
        Volatile.Write(ref place, form);
        return form;
    }

    /// <summary>Without looking for a plural.</summary>
    public static WordForm AsItStands(string letters) => new(letters, letters, letters.ToLowerInvariant());

    private static WordForm Of(string letters)
    {
        if (Acronyms.IsPluralAcronym(letters))
        {
            var singular = letters[..^1];
            return new WordForm(letters, singular, singular.ToLowerInvariant());
        }

        var lower = letters.ToLowerInvariant();
        var folded = Plurals.Singular(lower);
        return new WordForm(letters, ReferenceEquals(folded, lower) ? letters : Recase(folded, letters), folded);
    }

    private static string Recase(string folded, string cased) =>
        !cased.StartsWith(folded, StringComparison.OrdinalIgnoreCase) ? folded : cased.AsSpan(0, folded.Length).SequenceEqual(folded) ? folded : cased[..folded.Length];
}
