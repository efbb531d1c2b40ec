using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>What an operator can do about a database that does not let itself be used.</summary>
internal static class StorageTrouble
{
    /// <summary>SQLite's primary result codes (sqlite.org/rescode.html) that tell of the place and not of a statement.</summary>
    private static readonly Dictionary<int, string> Remedies = new()
    {
        [5] = "Another process holds it: is a long backup or a program of yours at work on it?",
        [8] = "Let the user of this process (uid 1654 in the container) write to the file and to its folder.",
        [10] = "Look at the disk and at its volume: reading or writing failed.",
        [11] = "It is damaged: keep the file, and 'restore' the last backup.",
        [13] = "The volume is full: make room, and the work goes on.",
        [14] = "Its folder must be there, and the user of this process (uid 1654 in the container) must be able to write into it.",
        [26] = "The file is no database: is Storage:ConnectionString right? Else 'restore' the last backup.",
    };

    /// <summary>SQLite's codes for a row that it does not take: its size, a rule of the table, a kind, a number out of range.</summary>
    private static readonly HashSet<int> OfRows = [18, 19, 20, 25];

    /// <summary>The classes of PostgreSQL's codes for the same (https://www.postgresql.org/docs/15/errcodes-appendix.html).</summary>
    private static readonly HashSet<string> ClassesOfRows = ["22", "23", "P0"];

    /// <summary>
    /// Whether the fault lies in what was to be written: asked again it would be the same, and of another row it would not. A right that was taken away, or
    /// a table that is not there, is no such fault: it is of all rows, and passes.
    /// </summary>
    public static bool IsOfRow(DbException trouble) => trouble is SqliteException sqlite
        ? OfRows.Contains(sqlite.SqliteErrorCode)
        : trouble.SqlState is { Length: > 2 } code && ClassesOfRows.Contains(code[..2]);

    /// <param name="place">The file, as the connection string names it.</param>
    /// <returns>The message, and where the trouble is that of the place also which it is and what to do.</returns>
    public static string Said(DbException trouble, string place) =>
        trouble is SqliteException sqlite && Remedies.TryGetValue(sqlite.SqliteErrorCode, out var remedy)
            ? $"The database {Path.GetFullPath(place)} cannot be used: {trouble.Message} {remedy}"
            : trouble.Message;
}
