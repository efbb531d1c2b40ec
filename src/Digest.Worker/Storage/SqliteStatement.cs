using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digest.Worker.Storage;

/// <summary>
/// One statement, compiled once and run for each given row, through SQLite's own functions (https://www.sqlite.org/cintro.html): with the driver's command
/// binding the values cost a third as much as the writing. It is the innermost of what composing does. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;
    private byte[] octets = new byte[4_096];

    /// <param name="rows">Its columns are the parameters, each behind an <c>@</c>; the statement need not name all of them.</param>
    /// <exception cref="ArgumentException">The statement names one that is not among them: it would be null in each row.</exception>
    public SqliteStatement(sqlite3 connection, string sql, GivenRows rows)
    {
        this.connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out statement), connection);
        places = [.. rows.Columns.Select(column => raw.sqlite3_bind_parameter_index(statement, "@" + column.Name))];
        for (var place = 1; place <= raw.sqlite3_bind_parameter_count(statement); place++)
            if (!places.Contains(place))
                throw new ArgumentException($"{raw.sqlite3_bind_parameter_name(statement, place).utf8_to_string()} is none of the given columns.", nameof(sql));
    }

    /// <summary>How many rows the last run changed.</summary>
    public int Changed => raw.sqlite3_changes(connection);

    /// <summary>The number of the row that the last run inserted.</summary>
    public long Inserted => raw.sqlite3_last_insert_rowid(connection);

    /// <summary>Runs it with the values of a row.</summary>
    /// <exception cref="SqliteException">It could not be written.</exception>
    public void Run(GivenRows rows, int row)
    {
        for (var column = 0; column < places.Length; column++)
            if (places[column] > 0)
                SqliteException.ThrowExceptionForRC(Bind(places[column], rows.Columns[column].Values, row), connection);
        int result;
        do
            result = raw.sqlite3_step(statement);
        while (result == raw.SQLITE_ROW);
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, connection);
        // What it had to say was said when it stepped.
        _ = raw.sqlite3_reset(statement);
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int place, Array values, int row) => values switch
    {
        string?[] texts => Bind(place, texts[row]),
        ReadOnlyMemory<byte>[] texts => Bind(place, texts[row].Span),
        long[] all => raw.sqlite3_bind_int64(statement, place, all[row]),
        long?[] some => some[row] is { } number ? raw.sqlite3_bind_int64(statement, place, number) : raw.sqlite3_bind_null(statement, place),
        double[] reals => raw.sqlite3_bind_double(statement, place, reals[row]),
        _ => throw new ArgumentException($"A column of {values.GetType()} cannot be bound.", nameof(values)),
    };

    private int Bind(int place, string? text) => text is null ? raw.sqlite3_bind_null(statement, place) : Bind(place, Utf8(text));

    // A span of no octets has no address, and SQLite takes that for null.
    private int Bind(int place, ReadOnlySpan<byte> text) => text.IsEmpty ? raw.sqlite3_bind_text(statement, place, "") : raw.sqlite3_bind_text(statement, place, text);

    /// <summary>SQLite copies them before the next text is written over them.</summary>
    private ReadOnlySpan<byte> Utf8(string text)
    {
        if (octets.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
            octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length) * 2];
        return octets.AsSpan(0, Encoding.UTF8.GetBytes(text, octets));
    }
}
