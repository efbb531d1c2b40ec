namespace Digest.Worker.Storage;

/// <summary>Adds a row for each given one.</summary>
/// <param name="Into">The table with its columns.</param>
/// <param name="Values">What stands in them; a given value is written <c>given.NAME</c>.</param>
/// <param name="OncePer">A row that has the same here as one that is there is left out; null: it is an error.</param>
internal sealed record RowInsert(string Into, string Values, string? OncePer = null)
{
    /// <summary>The end of the statement.</summary>
    public string Conflict => OncePer is null ? "" : $"on conflict ({OncePer}) do nothing";
}
