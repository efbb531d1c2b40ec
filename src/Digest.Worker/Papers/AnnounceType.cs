namespace Digest.Worker.Papers;

/// <summary>arXiv's announce types (its RSS specification); other sources announce only <see cref="New"/>.</summary>
internal enum AnnounceType
{
    New,
    Cross,
    Replace,
    ReplaceCross,
}
