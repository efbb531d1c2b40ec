using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>
/// The texts of the row that a reader stands on, as letters: in a large run most rows have the same as the one before, or are looked at and forgotten, and a
/// string of each would be most of what reading allocates.
/// </summary>
internal class RowTexts(DbDataReader row)
{
    /// <summary>The letters of a column that is not null. They hold until the next are asked for.</summary>
    public virtual ReadOnlySpan<char> this[int column] => row.GetString(column);
}
