namespace Digest.Templates.Output;

/// <summary>Output that is already encoded for its part (HTML or text). Only our own code makes one.</summary>
internal sealed class Markup
{
    public static readonly Markup Empty = new("");

    private readonly ReadOnlyMemory<char> _text;

    public Markup(string value) => _text = value.AsMemory();

    /// <param name="lent">Of a buffer, which gets it back (<see cref="MailContext.TakeBack"/>).</param>
    /// <param name="length">How much of it is written.</param>
    public Markup(char[] lent, int length) => (Lent, _text) = (lent, lent.AsMemory(0, length));

    public char[]? Lent { get; }

    public ReadOnlySpan<char> Span => _text.Span;

    public string Value => _text.ToString();

    public override string ToString() => Value;
}
