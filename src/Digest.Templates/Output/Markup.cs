namespace Digest.Templates.Output;

/// <summary>Output that is already encoded for its part (HTML or text). Only our own code makes one.</summary>
internal sealed class Markup(string value)
{
    public static readonly Markup Empty = new("");

    public string Value { get; } = value;

    public override string ToString() => Value;
}
