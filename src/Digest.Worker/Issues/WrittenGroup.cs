namespace Digest.Worker.Issues;

/// <summary>Compositions that are stored together.</summary>
/// <param name="Texts">Where their texts stand.</param>
internal sealed record WrittenGroup(IReadOnlyList<WrittenComposition> Compositions, WrittenTexts Texts);
