namespace Digest.Worker.Matching.Language;

/// <summary>Inside the parser only: the line cannot be read as operators.</summary>
internal sealed class QuerySyntaxException(int at, FormattableString sentence) : Exception(FormattableString.Invariant(sentence))
{
    public FormattableString Sentence { get; } = sentence;

    /// <summary>0-based UTF-16 offset into the line.</summary>
    public int At { get; } = at;
}
