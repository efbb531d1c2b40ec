using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>Several statements in one message: waiting for the answer to each would cost as much as running it.</summary>
internal static class PostgresBatch
{
    /// <returns>The rows that each changed.</returns>
    public static IReadOnlyList<int> Run(PostgresTransaction transaction, IReadOnlyList<Statement> statements)
    {
        using var batch = new NpgsqlBatch(transaction.Inner.Connection, transaction.Inner);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var (name, value) in statement.Parameters)
                command.Parameters.Add(new NpgsqlParameter(name, Statement.Stored(value) is string text ? PostgresText.Fit(text) : Statement.Stored(value)));
            batch.BatchCommands.Add(command);
        }
        batch.ExecuteNonQuery();
        var changed = new int[statements.Count];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = batch.BatchCommands[i].RecordsAffected;
        return changed;
    }
}
