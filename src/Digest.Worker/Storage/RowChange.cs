namespace Digest.Worker.Storage;

/// <summary>
/// A statement over given rows, one of several that go to the database together (see <see cref="RowDialect"/>). A given value is written
/// <c>given.NAME</c>; where the table has a column of that name, the table's is written with the table in front.
/// </summary>
internal abstract record RowChange(GivenRows Rows);

/// <summary>Changes the row of each key that was given.</summary>
/// <param name="Key">The column by which a row is found, of whole numbers; a column of the given rows has the same name.</param>
internal sealed record RowsUpdated(string Table, string Key, string Set, string Where, GivenRows Rows) : RowChange(Rows)
{
    /// <summary>A row that another worker is changing is not waited for but left as it is: two that change many, in orders of their own, would wait for each other.</summary>
    public bool PassesOverTaken { get; init; }
}

/// <summary>
/// Changes the row of each key that was given and takes away the row that another table has of it: both where there is such a one and it is as
/// <paramref name="Held"/> says, else neither. What stood in it is written <c>taken.NAME</c>.
/// </summary>
/// <param name="Key">As in <see cref="RowsUpdated"/>.</param>
/// <param name="From">The other table, in which <paramref name="FromKey"/> is the column of the same number.</param>
internal sealed record RowsTaken(string Table, string Key, string Set, string From, string FromKey, string Held, GivenRows Rows) : RowChange(Rows);

/// <summary>Adds a row for each that was given.</summary>
internal sealed record RowsInserted(RowInsert Insert, GivenRows Rows) : RowChange(Rows);
