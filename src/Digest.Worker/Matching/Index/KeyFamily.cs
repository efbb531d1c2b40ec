namespace Digest.Worker.Matching.Index;

/// <summary>What a key of the index is looked up by.</summary>
internal enum KeyFamily
{
    /// <summary>All letters of a term.</summary>
    Whole,

    /// <summary>The first letters: wildcards, and terms too long to hash whole.</summary>
    Lead,

    /// <summary>The stem of a word.</summary>
    Stem,

    /// <summary>An author's family name.</summary>
    Author,

    /// <summary>A category or an archive.</summary>
    Category,

    /// <summary>The canonical form of a query.</summary>
    Query,

    /// <summary>A line of a profile as it was written.</summary>
    Line,

    /// <summary>The whole text of a profile.</summary>
    Text,
}
