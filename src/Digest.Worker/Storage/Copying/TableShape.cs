namespace Digest.Worker.Storage.Copying;

/// <summary>A table as the catalogue of its engine tells it.</summary>
/// <param name="Columns">In the order of their names: the order of creation may differ between databases of different age.</param>
/// <param name="Key">The primary key's columns in their order; none: rows are told apart by all they hold.</param>
/// <param name="References">Tables whose rows must be there first.</param>
internal sealed record TableShape(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key, IReadOnlyList<string> References)
{
    /// <summary>Whether the database numbers its rows.</summary>
    public bool IsNumbered => Key is ["id"] && Columns.Any(column => column is { Name: "id", Type: ColumnType.Number });

    /// <summary>In an order in which each comes after those that it refers to.</summary>
    public static IReadOnlyList<TableShape> InOrder(IReadOnlyCollection<TableShape> tables)
    {
        var (ordered, left) = (new List<TableShape>(tables.Count), tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList());
        while (left.Count > 0)
        {
            var next = left.First(table => table.References.All(name => name == table.Name || ordered.Any(earlier => earlier.Name == name)));
            left.Remove(next);
            ordered.Add(next);
        }
        return ordered;
    }

    // Quoted: a column may be called like a word of SQL.
    public static SqlPart Quoted(string name) => new($"\"{name}\"");

    public static SqlPart Descending(IEnumerable<string> names) => new(string.Join(", ", names.Select(name => $"\"{name}\" desc")));

    /// <summary>Rows behind a key whose values are <c>@k0</c>, <c>@k1</c>, ...; nothing where there is no key to be behind.</summary>
    public static SqlPart Behind(TableShape table, IReadOnlyCollection<object?>? key) => key is null ? default
        : new($"where ({List(table.Key)}) > ({string.Join(", ", key.Select((_, i) => $"@k{i}"))})");

    public static SqlPart List(IEnumerable<string> names) => new(string.Join(", ", names.Select(name => $"\"{name}\"")));
}

internal sealed record Column(string Name, ColumnType Type);

/// <summary>What migrations call <c>integer</c>, <c>real</c>, <c>text</c> and <c>blob</c>.</summary>
internal enum ColumnType
{
    Number,
    Real,
    Text,
    Octets,
}
