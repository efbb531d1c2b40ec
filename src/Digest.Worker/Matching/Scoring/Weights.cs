namespace Digest.Worker.Matching.Scoring;

/// <summary>The numbers of the score; <c>docs/PROFILE.md</c> says what they mean to a reader, the decision record how they were chosen.</summary>
internal static class Weights
{
    /// <summary>BM25: how fast repetition stops counting.</summary>
    public const double K1 = 1.6;

    /// <summary>BM25: how much a long abstract dilutes a word; titles hardly differ in length.</summary>
    public const double LengthOfAbstract = 0.75;
    public const double LengthOfTitle = 0.6;

    /// <summary>A word in the title counts like so many in the abstract.</summary>
    public const double Title = 2.5;

    /// <summary>What a phrase adds to its words, in parts of their rarity.</summary>
    public const double Phrase = 0.6;

    /// <summary>What closeness adds to a description all of whose words stand together, and to words that were asked for near each other.</summary>
    public const double Near = 0.2;

    /// <summary>What the words of a line of two or three count when they stand close together and are not the phrase: "knowledge sharing for graphs" is no "knowledge graph".</summary>
    public const double Apart = 0.7;

    /// <summary>What two neighbouring words of a description add when they are neighbours in the paper.</summary>
    public const double Pair = 0.3;

    public const double Author = 12;
    public const double Category = 0.5;

    /// <summary>What each interest below the best one adds, in parts of its own score.</summary>
    public const double Also = 0.5;

    /// <summary>Added for each doubling of the votes.</summary>
    public const double Votes = 0.02;
}
