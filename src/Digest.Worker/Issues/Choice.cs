using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>What is stored of a chosen paper beside its id: the reason, and what of the paper may change after the choice.</summary>
internal sealed record Choice(string Interest, string Field, IReadOnlyList<Hit> Hits, IReadOnlyDictionary<string, double> Parts, int? Upvotes, string? CodeUrl)
{
    public static Choice Of(Match match) =>
        new(match.Reason.Interest, match.Reason.Field, match.Reason.Hits, match.Reason.Parts, match.Paper.Upvotes, match.Paper.CodeUrl);

    /// <summary>The match as it was, on the stored paper.</summary>
    public Match Over(Paper paper, double score) =>
        new(paper.Upvotes == Upvotes && paper.CodeUrl == CodeUrl ? paper : paper with { Upvotes = Upvotes, CodeUrl = CodeUrl }, score, new Reason(Interest, Field, Hits, Parts));
}
