namespace Digest.Worker.Storage.Postgres;

/// <summary>PostgreSQL's full text search (https://www.postgresql.org/docs/15/textsearch.html) over words as the caller reads them: no dictionary of its own.</summary>
internal sealed class PostgresWordDialect : WordSearch
{
    /// <summary>A lexeme may have 2,046 octets; nobody looks for a word a fourth as long.</summary>
    public override string Write => "insert into paper_words (paper_id, words) select @id, array_to_tsvector(coalesce(array_agg(word), '{}')) from unnest(string_to_array(@words, ' ')) as word where word <> '' and octet_length(word) <= 500";

    public override string Forget => "delete from paper_words where paper_id = @id";

    public override string Newest => "select paper_id from paper_words where words @@ cast(@wanted as tsquery) order by paper_id desc limit @most";

    public override string All => "select paper_id from paper_words where words @@ cast(@wanted as tsquery) order by paper_id";

    public override string Vocabulary => "select term, doc from paper_vocabulary where term >= @from and term < @to and doc >= @least";

    public override string Word(string word, bool isPrefix) => isPrefix ? $"'{word}':*" : $"'{word}'";

    public override string AllOf(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(" & ", parts)})";

    public override string AnyOf(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(" | ", parts)})";
}
