namespace Digest.Worker.Matching.Language;

/// <summary>The texts of a paper that words are looked for in.</summary>
[Flags]
internal enum Fields : byte
{
    Title = 1,
    Abstract = 2,
    Both = 3,
}
