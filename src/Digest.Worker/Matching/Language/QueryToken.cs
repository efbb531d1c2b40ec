namespace Digest.Worker.Matching.Language;

internal enum QueryTokenKind
{
    End,
    Words,
    Quoted,
    Field,
    Open,
    Close,
    And,
    Or,
    Not,
    Number,
}

/// <param name="At">0-based UTF-16 offset into the line.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int At);
