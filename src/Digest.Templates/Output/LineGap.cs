namespace Digest.Templates.Output;

/// <summary>Counts empty lines, so that no more than two follow one another and none comes first.</summary>
internal struct LineGap()
{
    private const int Most = 2;

    private int _empty = Most + 1;

    /// <summary>False for a line that is one empty line too many.</summary>
    public bool Takes(ReadOnlySpan<char> line)
    {
        _empty = line.IsWhiteSpace() ? _empty + 1 : 0;
        return _empty <= Most;
    }

    public bool TakesEmpty() => Takes([]);

    public void Text() => _empty = 0;
}
