using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Statements of one transaction; each is compiled once for as long as <paramref name="compiled"/> lives.</summary>
/// <param name="compiled">By the statement's text; null: compiled for this once.</param>
/// <param name="database">Null: each statement is a round trip of its own.</param>
/// <param name="before">Runs before all others, on the same way.</param>
internal sealed class Statements(DbTransaction transaction, Dictionary<string, DbCommand>? compiled = null, Database? database = null, Statement? before = null)
{
    private Statement? first = before;

    /// <summary>Runs them in their order, in one round trip where the engine stands at the end of a network.</summary>
    /// <returns>The rows that each changed.</returns>
    public IReadOnlyList<int> Execute(IReadOnlyList<Statement> statements)
    {
        if (statements.Count == 0)
            return [];
        if (database?.RunAtOnce(transaction, first is null ? statements : [first, .. statements]) is not { } changed)
            return [.. statements.Select(statement => Execute(statement))];
        changed = first is null ? changed : [.. changed.Skip(1)];
        first = null;
        return changed;
    }

    /// <returns>The rows that changed.</returns>
    public int Execute(Statement statement)
    {
        if (first is { } waiting)
        {
            first = null;
            Execute(waiting);
        }
        var (sql, parameters) = statement;
        if (compiled is not null && compiled.TryGetValue(sql, out var known))
        {
            known.Transaction = transaction;
            for (var i = 0; i < parameters.Count; i++)
                known.Parameters[i].Value = Statement.Stored(parameters[i].Value);
            return known.ExecuteNonQuery();
        }
        var command = transaction.Connection!.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Statement.Stored(value);
            command.Parameters.Add(parameter);
        }
        if (compiled is null)
            using (command)
                return command.ExecuteNonQuery();
        compiled.Add(sql, command);
        return command.ExecuteNonQuery();
    }
}
