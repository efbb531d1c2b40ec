namespace Digest.Worker.Storage;

/// <summary>Changes rows of a table, each found by its <c>id</c> and given its values, where it is still as it was.</summary>
/// <param name="Set">What becomes of it; a given value is written <c>given.NAME</c>.</param>
/// <param name="Where">What must still hold, in the same words.</param>
internal sealed record RowUpdate(string Table, string Set, string Where);
