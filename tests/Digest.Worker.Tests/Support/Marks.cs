using Digest.Worker.Outbox;

namespace Digest.Worker.Tests.Support;

/// <summary>Marks and settles as the journal does, one mail at a time.</summary>
internal static class Marks
{
    public static Task<bool> MarkAsync(Installation installation, InDoubtMark mark, DateTimeOffset now) => installation.Database.WriteSharedAsync(async transaction =>
    {
        var marks = installation.Get<MarkStore>();
        if ((await installation.Database.Rows.ChangeAsync(transaction, null, [marks.Mark([mark with { At = now }])]))[0].Count > 0)
            return true;
        await marks.DenyAsync(transaction, mark with { At = now });
        return false;
    }, CancellationToken.None);

    public static Task<bool> SettleAsync(Installation installation, string worker, Settlement settlement, DateTimeOffset now) => installation.Database.WriteSharedAsync(async transaction =>
    {
        var (marks, settlements) = (installation.Get<MarkStore>(), new[] { new OwnSettlement(worker, settlement, now) });
        return (await installation.Database.Rows.ChangeAsync(transaction, null, [marks.Settle(settlements)]))[0].Count > 0;
    }, CancellationToken.None);
}
