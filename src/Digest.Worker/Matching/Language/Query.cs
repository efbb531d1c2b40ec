namespace Digest.Worker.Matching.Language;

/// <summary>What an interest asks for, as a tree.</summary>
internal abstract record Query
{
    /// <summary>One word, compound or phrase.</summary>
    internal sealed record Phrase(Term Term, Fields Fields) : Query;

    /// <summary>
    /// Words side by side without operators: the phrase <paramref name="Whole"/> (null where a wildcard stands inside), or the <paramref name="Words"/> close together.
    /// Four words and more are a description: see <see cref="IsDescription"/>.
    /// </summary>
    internal sealed record Plain(Term? Whole, IReadOnlyList<Term> Words, Fields Fields) : Query
    {
        /// <summary>From so many words on a line is a description: most of its words are enough, wherever they stand.</summary>
        public const int Description = 4;

        public bool IsDescription => Words.Count >= Description;

        /// <summary>Two or three words that most people mean as one: where they stand apart, they count less.</summary>
        public bool IsPhrase => !IsDescription && Whole is not null;
    }

    /// <summary><c>"a b"~5</c>: the words in any order, at most <paramref name="Distance"/> other words between the outer two.</summary>
    internal sealed record Near(IReadOnlyList<Term> Words, int Distance, Fields Fields) : Query;

    internal sealed record Author(AuthorName Name) : Query;

    /// <summary><c>cs.LG</c>, or <c>cs.*</c> for an archive. Lower case.</summary>
    internal sealed record Category(string Code) : Query;

    internal sealed record All(IReadOnlyList<Query> Of) : Query;

    internal sealed record Any(IReadOnlyList<Query> Of) : Query;

    internal sealed record Not(Query Of) : Query;

    internal sealed record Weighted(Query Of, double Weight) : Query;
}
