namespace Digest.Worker.Storage;

/// <summary>FTS5 (https://www.sqlite.org/fts5.html).</summary>
internal sealed class SqliteWordDialect : WordSearch
{
    public override string Write => "insert into paper_words (rowid, words) values (@id, @words)";

    public override string Forget => "delete from paper_words where rowid = @id";

    /// <summary>https://www.sqlite.org/fts5.html#the_merge_command.</summary>
    public override string? Merge => "insert into paper_words (paper_words, rank) values ('merge', @pages)";

    public override string? Changes => "select total_changes()";

    public override string Newest => "select rowid from paper_words where paper_words match @wanted order by rowid desc limit @most";

    public override string All => "select rowid from paper_words where paper_words match @wanted order by rowid";

    public override string Vocabulary => "select term, doc from paper_vocabulary where term >= @from and term < @to and doc >= @least";

    public override string Word(string word, bool isPrefix) => isPrefix ? $"\"{word}\" *" : $"\"{word}\"";

    public override string AllOf(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(" AND ", parts)})";

    public override string AnyOf(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(" OR ", parts)})";
}
