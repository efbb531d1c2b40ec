using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>What is stored of a chosen paper beside its id: score and reason, and what of the paper may change after the choice.</summary>
internal sealed record Choice(double Score, string Interest, string Field, IReadOnlyList<Hit> Hits, IReadOnlyDictionary<string, double> Parts, int? Upvotes, string? CodeUrl)
{
    /// <summary>The match as it was, on the stored paper.</summary>
    public Match Over(Paper paper) =>
        new(paper.Upvotes == Upvotes && paper.CodeUrl == CodeUrl ? paper : paper with { Upvotes = Upvotes, CodeUrl = CodeUrl }, Score, new Reason(Interest, Field, Hits, Parts));
}
