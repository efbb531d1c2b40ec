using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digest.Worker.Storage;

/// <summary>SQLite has the octets of a row at hand: they are written out in memory that is used again.</summary>
internal sealed class SqliteRowTexts(SqliteDataReader row) : RowTexts(row)
{
    private readonly sqlite3_stmt statement = row.Handle!;
    private char[] letters = new char[1_024];

    public override ReadOnlySpan<char> this[int column]
    {
        get
        {
            var octets = raw.sqlite3_column_blob(statement, column);
            if (letters.Length < octets.Length)
                letters = new char[octets.Length * 2];
            return letters.AsSpan(0, Encoding.UTF8.GetChars(octets, letters));
        }
    }
}
