namespace Digest.Worker.Storage;

/// <summary>A part of a statement that each engine writes its own way. It is made of constant text only, so no value can come into a statement by it.</summary>
internal readonly struct SqlPart(string text)
{
    public override string ToString() => text;
}
