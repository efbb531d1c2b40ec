namespace Digest.Worker.Storage;

/// <summary>
/// So many papers, one after the other in the order of their ids, are a block of <c>issue_paper</c> (migration 125, which checks it): what a group of
/// issues writes of a block stands in one or two pages, and who goes through the readers of a paper goes through those of its block.
/// </summary>
internal static class PaperBlock
{
    public const int Size = 64;

    public static long Of(long paperId) => paperId / Size;
}
