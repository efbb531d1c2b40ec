namespace Digest.Worker.Storage;

/// <summary>One statement with its values.</summary>
internal sealed record Statement(string Sql, params IReadOnlyList<(string Name, object? Value)> Parameters)
{
    /// <summary>A value as both engines keep it.</summary>
    public static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => TypeHandlers.ToText(time),
        _ => value,
    };
}
