using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Health;
using Digest.Worker.Health.Checks;
using Digest.Worker.Health.Dns;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Digest.Worker.Tests.Health;

/// <summary>The check of the sender's records against a name server at the wire.</summary>
public sealed class DnsCheckTests
{
    [Fact]
    public async Task Records_that_are_right_are_found_right()
    {
        using var folder = new TestFolder();
        var (options, pair) = Key(folder);
        using var dns = new LoopbackDns
        {
            Txt = { ["lists.example.org"] = ["v=spf1 mx -all", "other"], ["_dmarc.example.org"] = ["v=DMARC1; p=none"], ["digest._domainkey.lists.example.org"] = [pair.Record] },
            Mx = { ["lists.example.org"] = "mail.example.org" },
        };
        var found = await RunAsync(dns, options);
        Assert.All(found, result => Assert.True(result.State == CheckState.Ok, $"{result}"));
        Assert.Equal(["dns/dkim/digest._domainkey.lists.example.org", "dns/dmarc", "dns/mx", "dns/spf"], found.Select(result => result.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_of_another_key_is_an_alarm_and_so_is_what_is_missing()
    {
        using var folder = new TestFolder();
        var (options, _) = Key(folder);
        using var dns = new LoopbackDns { Txt = { ["lists.example.org"] = ["v=spf1 a -all", "v=spf1 mx -all"], ["digest._domainkey.lists.example.org"] = [DkimKeyPair.CreateRsa().Record] } };
        var found = (await RunAsync(dns, options)).ToDictionary(result => result.Key);
        Assert.Contains("is not that of our key", found["dns/dkim/digest._domainkey.lists.example.org"].Said, StringComparison.Ordinal);
        Assert.Contains("2 SPF records", found["dns/spf"].Said, StringComparison.Ordinal);
        Assert.Contains("no DMARC", found["dns/dmarc"].Said, StringComparison.Ordinal);
        Assert.Contains("no MX", found["dns/mx"].Said, StringComparison.Ordinal);
        Assert.All(found.Values, result => Assert.True(result is { State: CheckState.Warning, ToldAfter: not null } && result.Remedy.Length > 0));
    }

    [Fact]
    public async Task A_name_server_that_is_silent_is_no_alarm_about_our_records()
    {
        using var folder = new TestFolder();
        var (options, _) = Key(folder);
        using var dns = new LoopbackDns { Silent = true };
        var found = await RunAsync(dns, options);
        Assert.All(found, result => Assert.Equal((CheckState.Warning, null), (result.State, result.ToldAfter)));
    }

    private static async Task<IReadOnlyList<CheckResult>> RunAsync(LoopbackDns dns, DkimOptions dkim) =>
        await new DnsCheck(new SenderDns(dns.Address), new SenderOptions { From = "digest@lists.example.org" }, dkim, new DeliveryOptions(), new ConfigurationBuilder().Build()).RunAsync(CancellationToken.None);

    private static (DkimOptions Options, DkimKeyPair Pair) Key(TestFolder folder)
    {
        var pair = DkimKeyPair.CreateRsa();
        File.WriteAllText(folder.File("key.pem"), pair.Pem);
        return (new DkimOptions { KeyFile = folder.File("key.pem") }, pair);
    }
}
