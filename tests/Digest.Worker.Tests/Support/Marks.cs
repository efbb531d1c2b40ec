using System.Data.Common;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Tests.Support;

/// <summary>Marks and settles as the journal does, one mail at a time.</summary>
internal static class Marks
{
    public static Task<bool> MarkAsync(Installation installation, InDoubtMark mark, DateTimeOffset now) =>
        installation.Database.WriteSharedAsync(transaction => Task.FromResult(Mark(installation, transaction, mark, now)), CancellationToken.None);

    public static Task<bool> SettleAsync(Installation installation, string worker, Settlement settlement, DateTimeOffset now) =>
        installation.Database.WriteSharedAsync(transaction => Task.FromResult(Statements(installation, transaction).Execute(installation.Get<MarkStore>().Settle(worker, settlement, now))[0] > 0), CancellationToken.None);

    private static bool Mark(Installation installation, DbTransaction transaction, InDoubtMark mark, DateTimeOffset now)
    {
        var (marks, statements) = (installation.Get<MarkStore>(), Statements(installation, transaction));
        if (statements.Execute(marks.Mark(mark, now)) > 0)
            return true;
        marks.Deny(statements, mark, now);
        return false;
    }

    private static Statements Statements(Installation installation, DbTransaction transaction) => new(transaction, null, installation.Database);
}
