using Scriban.Runtime;

namespace Digest.Templates.Output;

/// <summary>Where a template writes: one growing stretch of characters that can be looked back at.</summary>
internal sealed class OutputBuffer : IScriptOutput
{
    public const int FirstSize = 8192;

    private char[] _buffer = new char[FirstSize];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Written => _buffer.AsSpan(0, Length);

    public void Append(char c)
    {
        if (Length == _buffer.Length)
            Array.Resize(ref _buffer, Length * 2);
        _buffer[Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _buffer.Length - Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + text.Length));
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char c, int times)
    {
        for (var i = 0; i < times; i++)
            Append(c);
    }

    public void Truncate(int length) => Length = length;

    /// <summary>Hands out what is written and goes on in another array.</summary>
    public Markup Lend(char[] spare)
    {
        var lent = new Markup(_buffer, Length);
        (_buffer, Length) = (spare, 0);
        return lent;
    }

    public override string ToString() => new(Written);

    void IScriptOutput.Write(string text, int offset, int count) => Append(text.AsSpan(offset, count));

    ValueTask IScriptOutput.WriteAsync(string text, int offset, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Templates are rendered synchronously.");
}
