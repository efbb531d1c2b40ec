using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Operations;

[Trait("Engine", "sqlite")]
public sealed class SuppressionVerbTests
{
    [Fact]
    public async Task What_bounced_can_be_lifted_and_what_its_reader_wanted_stays()
    {
        using var program = new DigestProgram();
        await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "graphs");
        await using (var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?> { ["Storage:ConnectionString"] = program.ConnectionString }, folder: program.Folder))
        {
            var subscriptions = installation.Get<Subscriptions>();
            await subscriptions.SuppressAsync(1, "bounced", "550 no such user", CancellationToken.None);
            await installation.Database.WriteAsync(transaction => subscriptions.SuppressAsync(transaction, "bob@example.org", "complaint", null), CancellationToken.None);
        }
        var list = (await program.MustAsync("suppression", "list")).Trim().Split('\n');
        Assert.Equal(3, list.Length);
        Assert.StartsWith("ada@example.org\tbounced\t", list[1], StringComparison.Ordinal);
        Assert.EndsWith("550 no such user", list[1].Trim(), StringComparison.Ordinal);

        Assert.Equal(1, (await program.RunAsync("subscriber", "resume", "ada@example.org")).Code);
        Assert.Contains("(bounced)", await program.MustAsync("suppression", "lift", "ADA@example.org"), StringComparison.Ordinal);
        await program.MustAsync("subscriber", "resume", "ada@example.org");

        foreach (var (address, told) in new[] { ("ada@example.org", "is not suppressed"), ("bob@example.org", "its reader wanted it so (complaint)"), ("nobody", "nobody: ") })
        {
            var (code, _, error) = await program.RunAsync("suppression", "lift", address);
            Assert.Equal(1, code);
            Assert.Contains(told, error, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await program.MustAsync("suppression", "list")).Trim().Split('\n').Length);
    }
}
