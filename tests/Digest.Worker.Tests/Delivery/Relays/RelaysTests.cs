using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Relays;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery.Relays;

public sealed class RelaysTests
{
    [Fact]
    public async Task Several_relays_share_the_mails_by_their_weights()
    {
        await using var heavy = new LoopbackSmtp();
        await using var light = new LoopbackSmtp();
        // The clock stands still: a relay that seems slow for a second, as on a busy machine, would be passed over.
        await using var installation = await Installation.CreateAsync(new FakeTimeProvider(Outboxes.Noon), Settings((heavy, 3), (light, 1)));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 400).Select(i => $"reader{i}"));
        Assert.Equal(400, (await RunAsync(installation)).Sent);
        Assert.InRange(heavy.Mails.Count, 280, 320);
        Assert.Equal(400, heavy.Mails.Count + light.Mails.Count);
    }

    [Fact]
    public async Task A_relay_that_is_down_leaves_its_part_to_the_other_and_no_mail_is_blamed()
    {
        var down = new LoopbackSmtp();
        await using var up = new LoopbackSmtp();
        var settings = Settings((down, 5), (up, 1));
        await down.DisposeAsync();
        await using var installation = await Installation.CreateAsync(settings: settings);
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 60).Select(i => $"reader{i}"));
        var report = await RunAsync(installation);
        Assert.Equal(60, report.Sent);
        Assert.Equal(60, up.Mails.Count);
        Assert.Equal(["1"], await Readers.QueryAsync(installation, "select distinct cast(attempts as text) from outbox"));
        Assert.NotEmpty(await Readers.QueryAsync(installation, "select key from alarm where key like 'relay/%'"));
    }

    [Fact]
    public async Task A_host_that_was_down_rests_and_is_found_again_when_it_is_back()
    {
        var clock = new FakeTimeProvider(Outboxes.Noon);
        var server = new LoopbackSmtp();
        var (port, settings) = (server.Port, server.Settings());
        await server.DisposeAsync();
        await using var installation = await Installation.CreateAsync(clock, settings);
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 30).Select(i => $"reader{i}"));
        Assert.NotNull((await RunAsync(installation)).Stopped);
        await using var back = new LoopbackSmtp(port: port);
        Assert.NotNull((await RunAsync(installation)).Stopped);
        Assert.Equal(0, back.Connections);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(30, (await RunAsync(installation)).Sent);
        Assert.Equal(30, back.Mails.Count);
    }

    [Fact]
    public void A_host_that_asks_for_less_gets_half_and_one_more_each_minute()
    {
        var clock = new FakeTimeProvider(Outboxes.Noon);
        var lane = new Lane(new Wide(), clock);
        Assert.Equal(8, lane.Width);
        lane.Narrow();
        Assert.Equal(4, lane.Width);
        lane.Narrow();
        Assert.Equal(2, lane.Width);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(5, lane.Width);
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(8, lane.Width);
    }

    private static Task<DeliveryReport> RunAsync(Installation installation) => installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

    private static Dictionary<string, string?> Settings(params (LoopbackSmtp Server, int Weight)[] relays)
    {
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < relays.Length; i++)
            foreach (var (key, value) in relays[i].Server.Settings(2).Append(new("Smtp:Weight", $"{relays[i].Weight}")))
                settings[key.Replace("Smtp:", $"Smtp:{i}:", StringComparison.Ordinal)] = value;
        return settings;
    }

    private sealed class Wide : ITransport
    {
        public string Name => "wide";

        public int Connections => 8;

        public int Weight => 1;

        public ITransportSession Open() => throw new NotSupportedException();
    }
}
