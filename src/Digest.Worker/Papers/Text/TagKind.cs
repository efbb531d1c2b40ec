namespace Digest.Worker.Papers.Text;

/// <summary>What stays where a tag was; the second column of <c>Tables/tags.txt</c>.</summary>
internal enum TagKind
{
    Inline,
    Block,
    Heading,
    Lower,
    Raise,
    Picture,
}
