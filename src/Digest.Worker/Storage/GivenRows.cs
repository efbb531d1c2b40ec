namespace Digest.Worker.Storage;

/// <summary>
/// Many rows for one statement (<see cref="RowInsert"/>, <see cref="RowChange"/>), column by column. It is the same for every engine and names a value of
/// theirs <c>given.NAME</c>.
/// </summary>
internal sealed class GivenRows
{
    private readonly List<GivenColumn> columns = [];

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<GivenColumn> Columns => columns;

    /// <summary>The values of a column of numbers.</summary>
    public long[] Numbers(string name) => (long[])columns.Find(column => column.Name == name)!.Values;

    public GivenRows Numbers(string name, IEnumerable<long> values) => Add(name, values.ToArray());

    public GivenRows Numbers(string name, IEnumerable<long?> values) => Add(name, values.ToArray());

    public GivenRows Reals(string name, IEnumerable<double> values) => Add(name, values.ToArray());

    public GivenRows Texts(string name, IEnumerable<string?> values) => Add(name, values.ToArray());

    /// <summary>Texts that are in UTF-8 already.</summary>
    public GivenRows Texts(string name, IEnumerable<ReadOnlyMemory<byte>> values) => Add(name, values.ToArray());

    public GivenRows Times(string name, IEnumerable<DateTimeOffset?> values)
    {
        // One after the other mostly has the same.
        (DateTimeOffset? Time, string? Text) last = default;
        return Texts(name, values.Select(value => value == last.Time ? last.Text : (last = (value, value is { } time ? TypeHandlers.ToText(time) : null)).Text));
    }

    private GivenRows Add(string name, Array values)
    {
        if (columns.Count > 0 && values.Length != Count)
            throw new ArgumentException($"The column {name} has {values.Length} values, those before it {Count}.", nameof(values));
        Count = values.Length;
        columns.Add(new GivenColumn(name, values));
        return this;
    }
}

/// <param name="Values">An array of <see cref="long"/>, of nullable <see cref="long"/>, of <see cref="double"/>, of <see cref="string"/> or of octets that are text in UTF-8.</param>
internal sealed record GivenColumn(string Name, Array Values);
