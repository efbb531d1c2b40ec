using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Health;

[Collection(Alone.Name)]
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_are_there_for_all_that_a_dashboard_shows()
    {
        await using var server = new LoopbackSmtp();
        await using var service = await RunningService.StartAsync(settings: [("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}")]);
        await service.Database.WriteAsync(transaction => service.Get<OutboxStore>().AddAsync(transaction,
            new OutboxMail { Key = "x", Kind = MailKind.Alarm, Recipient = "ops@example.org", CreatedAt = DateTimeOffset.UnixEpoch }), CancellationToken.None);
        var before = await service.Operator.GetStringAsync("/metrics");
        Assert.Matches("digest_outbox_mails\\{[^}]*state=\"queued\"\\} [0-9]", before);
        await service.Get<Digest.Worker.Delivery.DeliveryRun>().RunAsync(CancellationToken.None);
        await Task.Delay(1200);
        var after = await service.Operator.GetStringAsync("/metrics");
        Assert.Matches("digest_deliveries_total\\{[^}]*state=\"sent\"", after);
        Assert.Contains("digest_disk_free_bytes", after, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", after, StringComparison.Ordinal);
    }
}
