using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>What of a paper decides, besides its score, where it stands among others.</summary>
internal readonly record struct PaperStanding(long Id, int? Upvotes, DateTimeOffset? Published, DateOnly? Announced)
{
    public static PaperStanding Of(Paper paper) => new(paper.Id, paper.Upvotes, paper.Published, paper.Announced);
}
