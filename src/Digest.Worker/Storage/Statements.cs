using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Statements of one transaction; each is compiled once for as long as <paramref name="compiled"/> lives.</summary>
/// <param name="compiled">By the statement's text; null: compiled for this once.</param>
internal sealed class Statements(DbTransaction transaction, Dictionary<string, DbCommand>? compiled = null)
{
    /// <returns>The rows that changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (compiled is not null && compiled.TryGetValue(sql, out var known))
        {
            known.Transaction = transaction;
            for (var i = 0; i < parameters.Length; i++)
                known.Parameters[i].Value = Value(parameters[i].Value);
            return known.ExecuteNonQuery();
        }
        var command = transaction.Connection!.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Value(value);
            command.Parameters.Add(parameter);
        }
        if (compiled is null)
            using (command)
                return command.ExecuteNonQuery();
        compiled.Add(sql, command);
        return command.ExecuteNonQuery();
    }

    private static object Value(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => TypeHandlers.ToText(time),
        _ => value,
    };
}
