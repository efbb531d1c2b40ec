namespace Digest.Worker.Storage;

/// <summary>A part of a statement that each engine writes its own way. It is made of constant text and of numbers only, so nothing else can come into a statement by it.</summary>
internal readonly struct SqlPart(string text)
{
    /// <summary>The same in a statement over given rows, where a value stands in each row.</summary>
    public SqlPart OfGiven => new(text.Replace("@", "given.", StringComparison.Ordinal));

    public override string ToString() => text;
}
