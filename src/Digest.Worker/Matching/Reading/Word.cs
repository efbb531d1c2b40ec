namespace Digest.Worker.Matching.Reading;

/// <summary>What stands between a word and the one before it.</summary>
internal enum Gap : byte
{
    /// <summary>The first word, or punctuation that separates.</summary>
    Break,

    /// <summary>Spaces only.</summary>
    Space,

    /// <summary>A hyphen, slash, dot or the like, with no space: one compound.</summary>
    Hyphen,

    /// <summary>The end of a sentence: words on its two sides do not belong together.</summary>
    Sentence,
}

/// <summary>A word of a text.</summary>
/// <param name="Folded">As it is compared: folded, lower case, singular.</param>
/// <param name="Cased">The same letters with their case kept; as long as <paramref name="Folded"/> unless the plural changed letters.</param>
/// <param name="Start">UTF-16 offset into the text.</param>
/// <param name="Length">UTF-16 length in the text.</param>
internal readonly record struct Word(string Folded, string Cased, int Start, int Length, Gap Gap)
{
    public int End => Start + Length;
}
