using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Papers;

/// <summary>The words of the papers, for finding candidates. What a word is, the caller says.</summary>
internal sealed class PaperWordStore(Database database)
{
    private const string Columns = PaperRow.Columns;

    /// <summary>About 1 MB, some hundredths of a second: nobody who writes waits long.</summary>
    private const int PagesAtOnce = 250;

    private WordSearch Search => database.WordSearch;

    /// <summary>
    /// Writes the words of papers that arrived, changed or were withdrawn, in the order of arrival. Read and ticked off in one
    /// write: one that changes meanwhile waits for it and is due anew.
    /// </summary>
    /// <returns>How many papers it was.</returns>
    public Task<int> ReadAsync(int most, Func<Paper, string> wordsOf, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var due = await transaction.QueryAsync<long>("delete from paper_unread where paper_id in (select paper_id from paper_unread order by paper_id limit @most) returning paper_id", new { most });
            foreach (var id in due)
                await transaction.ExecuteAsync(Search.Forget, new { id });
            foreach (var row in await transaction.QueryAsync<PaperRow>($"select {Columns} from paper where id in @due and withdrawn = 0 order by id", new { due }))
                await transaction.ExecuteAsync(Search.Write, new { id = row.Id, words = wordsOf(row.ToPaper()) });
            foreach (var id in due)
                await transaction.ExecuteAsync(
                    """
                    insert into paper_read (paper_id, number) select id, (select coalesce(max(number), 0) + 1 from paper_read) from paper where id = @id
                    on conflict (paper_id) do update set number = excluded.number
                    """, new { id });
            return due.Count;
        }, cancellationToken);

    /// <summary>Puts the parts of which the index consists together, a little of them: the more parts, the longer each search looks.</summary>
    /// <param name="begin">All of them; else what was begun.</param>
    /// <returns>Whether there is more to do.</returns>
    public Task<bool> MergeAsync(bool begin, CancellationToken cancellationToken) => Search is not { Merge: { } merge, Changes: { } changes } ? Task.FromResult(false) :
        database.WriteAsync(async transaction =>
        {
            var before = await transaction.ScalarAsync<long>(changes);
            await transaction.ExecuteAsync(merge, new { pages = begin ? -PagesAtOnce : PagesAtOnce });
            return await transaction.ScalarAsync<long>(changes) >= before + 2;
        }, cancellationToken);

    public Task<WordState> StateAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<WordState>(
            """
            select (select coalesce(max(number), 0) from paper_read) as number, (select coalesce(max(id), 0) from paper) as highestId,
                   (select count(*) from (select paper_id from paper_unread limit 1) as one) as unread
            """), cancellationToken);

    /// <summary>The papers whose words were read, or read anew, after that number was the last; at most so many of them.</summary>
    public Task<IReadOnlyList<long>> ReadSinceAsync(long number, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(async connection => (await connection.QueryAsync<long>(
            "select paper_id from paper_read where number > @number order by number limit @most", new { number, most })).AsList(), cancellationToken);

    /// <summary>The newest papers before that one whose words were read, the newest first.</summary>
    public Task<IReadOnlyList<long>> ReadBeforeAsync(long paperId, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(async connection => (await connection.QueryAsync<long>(
            "select paper_id from paper_read where paper_id < @paperId order by paper_id desc limit @most", new { paperId, most })).AsList(), cancellationToken);

    public Task<IReadOnlyList<long>> NewestAsync(string wanted, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(async connection => (await connection.QueryAsync<long>(Search.Newest, new { wanted, most })).AsList(), cancellationToken);

    /// <summary>Every paper with that word, ids in ascending order.</summary>
    public Task<int[]> WithAsync(string word, CancellationToken cancellationToken) =>
        database.ReadAsync<int[]>(async connection =>
        {
            var ids = new List<int>();
            await using var command = connection.CreateCommand();
            command.CommandText = Search.All;
            var wanted = command.CreateParameter();
            (wanted.ParameterName, wanted.Value) = ("@wanted", Search.Word(word, isPrefix: false));
            command.Parameters.Add(wanted);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                ids.Add(checked((int)reader.GetInt64(0)));
            return [.. ids];
        }, cancellationToken);

    /// <summary>Whether at least so many papers have that word.</summary>
    public Task<bool> IsKnownAsync(string word, int least, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => await connection.ExecuteScalarAsync<long>("select count(*) from paper_vocabulary where term = @word and doc >= @least", new { word, least }) > 0, cancellationToken);

    /// <summary>Words that begin so, with the number of papers that have them.</summary>
    public Task<IReadOnlyList<(string Word, long Papers)>> VocabularyAsync(string beginning, int least, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(string, long)>>(async connection => (await connection.QueryAsync<(string, long)>(
            Search.Vocabulary, new { from = beginning, to = beginning[..^1] + (char)(beginning[^1] + 1), least })).AsList(), cancellationToken);
}
