namespace Digest.Worker.Storage;

/// <summary>A part of a statement that each engine writes its own way. Only dialects make one, of constant text, so no value can come into a statement by it.</summary>
internal readonly struct SqlPart(string text)
{
    public override string ToString() => text;
}
