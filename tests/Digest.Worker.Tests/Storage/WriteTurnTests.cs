using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Storage;

[Trait("Engine", "sqlite")]
public sealed class WriteTurnTests
{
    [Fact]
    public async Task Writers_go_in_the_order_in_which_they_came()
    {
        await using var installation = await Installation.CreateAsync();
        var hold = new TaskCompletionSource();
        var order = new List<int>();
        var first = installation.Database.WriteAsync(_ => hold.Task, CancellationToken.None);
        var others = Enumerable.Range(0, 20).Select(i => installation.Database.WriteAsync(_ => { order.Add(i); return Task.CompletedTask; }, CancellationToken.None)).ToArray();
        Assert.Empty(order);
        hold.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task Who_fails_or_gives_up_waiting_holds_up_nobody()
    {
        await using var installation = await Installation.CreateAsync();
        var hold = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var fails = installation.Database.WriteAsync(async _ => { await hold.Task; throw new InvalidOperationException("a fault of ours"); }, CancellationToken.None);
        var leaves = installation.Database.WriteAsync(_ => Task.CompletedTask, impatient.Token);
        var third = installation.Database.WriteAsync(_ => Task.FromResult(3), CancellationToken.None);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        hold.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => fails);
        Assert.Equal(3, await third);
    }
}
