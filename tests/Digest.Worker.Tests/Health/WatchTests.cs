using Dapper;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Health;
using Digest.Worker.Health.Dns;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Delivery;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Health;

/// <summary>What the checks find is mailed to the operator, each once until it changes, with what to do.</summary>
public sealed class WatchTests
{
    private readonly FakeTimeProvider clock = new(TestDatabase.Clock.GetUtcNow());

    [Fact]
    public async Task A_certificate_that_ends_soon_is_mailed_once()
    {
        using var certificate = SmtpTransportTests.Certificate("self-signed");
        await using var server = new LoopbackSmtp(certificate: certificate);
        await using var installation = await CreateAsync(new() { ["Smtp:Host"] = "localhost", ["Smtp:Port"] = $"{server.Port}", ["Smtp:Security"] = "starttls" });
        var lines = await ToldAsync(installation, rounds: 3);
        Assert.Equal($"The TLS certificate of localhost:{server.Port} ends on {DateOnly.FromDateTime(certificate.NotAfter.ToUniversalTime()):O}.", lines[0]);
        Assert.Contains("Renew it", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [FactWith<SmallDisk>]
    [Trait("Engine", "sqlite")]
    public async Task A_disk_that_is_almost_full_is_mailed_once()
    {
        using var disk = SmallDisk.Mount(120);
        await using var installation = await CreateAsync([], disk.Folder);
        var lines = await ToldAsync(installation, rounds: 3);
        Assert.Equal("The volume of the data folder is almost full.", lines[0]);
        Assert.Contains("Make room", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_another_key_is_mailed_once_it_has_stood_for_an_hour()
    {
        using var folder = new TestFolder();
        var pair = DkimKeyPair.CreateRsa();
        File.WriteAllText(folder.File("key.pem"), pair.Pem);
        using var dns = new LoopbackDns
        {
            Txt = { ["lists.example.org"] = ["v=spf1 mx -all"], ["_dmarc.example.org"] = ["v=DMARC1; p=none"], ["digest._domainkey.lists.example.org"] = [DkimKeyPair.CreateRsa().Record] },
            Mx = { ["lists.example.org"] = "mail.example.org" },
        };
        await using var installation = await CreateAsync(new() { ["Dkim:KeyFile"] = folder.File("key.pem") }, dns: dns);
        var lines = await ToldAsync(installation, rounds: 130);
        Assert.Equal("The DKIM record at digest._domainkey.lists.example.org is not that of our key.", lines[0]);
        Assert.Contains("dkim record", string.Join('\n', lines), StringComparison.Ordinal);
    }

    private Task<Installation> CreateAsync(Dictionary<string, string?> settings, string? folder = null, LoopbackDns? dns = null) => Installation.CreateAsync(clock,
        new Dictionary<string, string?>(settings) { ["Alerts:To"] = "ops@example.org", ["Delivery:Transport"] = "auto", ["Sender:From"] = dns is null ? "digest@localhost.localdomain" : "digest@lists.example.org" }, folder,
        builder => builder.Services.AddSingleton(new SenderDns(dns?.Address ?? new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9))));

    /// <returns>What the one alarm says that so many rounds, a minute apart, have mailed.</returns>
    private async Task<IReadOnlyList<string>> ToldAsync(Installation installation, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await installation.Get<Watch>().RunAsync(CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        var told = await installation.Database.ReadAsync(connection => connection.QueryAsync<string>("select payload from outbox where kind = 'alarm' and recipient = 'ops@example.org'"), CancellationToken.None);
        return LetterPayload.Parse(Assert.Single(told)).Lines;
    }
}
