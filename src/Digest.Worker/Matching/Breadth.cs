namespace Digest.Worker.Matching;

/// <summary>How much of a description (a line of four words and more) a paper must have.</summary>
internal enum Breadth
{
    /// <summary>What comes into an issue: the phrase, the words close together, or most of them.</summary>
    Issue,

    /// <summary>Any of its words, ranked: for looking at what lies below an issue's border.</summary>
    Search,
}
