using Dapper;
using Digest.Worker.Alerts;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Alerts;

public sealed class AlarmsTests
{
    private static readonly Alarm Relay = new("relay", "The relay refuses our login.", "Check Smtp:Username and Smtp:PasswordFile.") { Detail = "535 5.7.8 no" };

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 26, 7, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_trouble_is_told_once_until_it_changes_and_so_is_its_end()
    {
        await using var installation = await CreateAsync();
        var alarms = installation.Get<Alarms>();
        for (var tick = 0; tick < 5; tick++)
        {
            await alarms.RaiseAsync(Relay with { Detail = $"try {tick}" }, CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.Equal(["The relay refuses our login."], await ToldAsync(installation));
        Assert.Equal("try 4", Assert.Single(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None)).Detail);

        await alarms.RaiseAsync(Relay with { Sentence = "The relay cannot be reached." }, CancellationToken.None);
        Assert.Equal(2, (await ToldAsync(installation)).Count);

        for (var tick = 0; tick < 3; tick++)
            await alarms.ClearAsync("relay", CancellationToken.None);
        Assert.Equal("Over: The relay cannot be reached.", (await ToldAsync(installation))[2]);
        Assert.Equal(3, (await ToldAsync(installation)).Count);
        Assert.Empty(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_comes_and_goes_is_not_told_each_time_and_what_stays_is()
    {
        await using var installation = await CreateAsync();
        var alarms = installation.Get<Alarms>();
        for (var minute = 0; minute < 10; minute++)
        {
            await alarms.RaiseAsync(Relay, CancellationToken.None);
            await alarms.ClearAsync("relay", CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(["The relay refuses our login.", "Over: The relay refuses our login."], await ToldAsync(installation));
        for (var minute = 0; minute < 10; minute++)
        {
            await alarms.RaiseAsync(Relay, CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(3, (await ToldAsync(installation)).Count);
    }

    [Fact]
    public async Task What_mends_itself_in_time_is_not_told_at_all()
    {
        await using var installation = await CreateAsync();
        var alarms = installation.Get<Alarms>();
        var patient = Relay with { After = TimeSpan.FromMinutes(30) };
        await alarms.RaiseAsync(patient, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(29));
        await alarms.RaiseAsync(patient, CancellationToken.None);
        await alarms.ClearAsync("relay", CancellationToken.None);
        await alarms.RaiseAsync(patient, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(29));
        await alarms.RaiseAsync(patient, CancellationToken.None);
        Assert.Empty(await ToldAsync(installation));
        clock.Advance(TimeSpan.FromMinutes(1));
        await alarms.RaiseAsync(patient, CancellationToken.None);
        Assert.Single(await ToldAsync(installation));
    }

    [Fact]
    public async Task It_is_remembered_over_a_restart_and_goes_out_in_the_look_of_our_mails()
    {
        await using var server = new LoopbackSmtp();
        var settings = server.Settings();
        settings["Alerts:To"] = "ops@example.org, boss@example.org";
        using var folder = new TestFolder();
        for (var start = 0; start < 2; start++)
        {
            await using var installation = await Installation.CreateAsync(clock, settings, folder.Path);
            await installation.Get<Alarms>().RaiseAsync(Relay, CancellationToken.None);
            await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        }
        Assert.Equal(["boss@example.org", "ops@example.org"], server.Mails.Select(mail => mail.Recipient).Order(StringComparer.Ordinal));
        var mail = server.Mails.First().Parse();
        Assert.Equal("Digest: The relay refuses our login.", mail.Subject);
        Assert.Contains("What to do: Check Smtp:Username", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("535 5.7.8 no", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("the operator of Digest", mail.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_stops_nobody()
    {
        await using var installation = await CreateAsync();
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("drop table alarm", transaction: transaction), CancellationToken.None);
        await installation.Get<Alarms>().RaiseAsync(Relay, CancellationToken.None);
        await installation.Get<Alarms>().ClearAsync("relay", CancellationToken.None);
        Assert.Empty(await ToldAsync(installation));
    }

    [Fact]
    public async Task What_stands_in_the_log_alone_is_told_again_when_it_was_over()
    {
        await using var installation = await CreateAsync();
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("drop table alarm", transaction: transaction), CancellationToken.None);
        var log = new ToldInLog();
        var alarms = new Alarms(installation.Database, installation.Get<AlarmStore>(), installation.Get<OutboxStore>(), installation.Get<AlertsOptions>(), clock, log);
        for (var time = 0; time < 2; time++)
        {
            await alarms.RaiseAsync(Relay, CancellationToken.None);
            await alarms.RaiseAsync(Relay, CancellationToken.None);
            await alarms.ClearAsync("relay", CancellationToken.None);
        }
        Assert.Equal(2, log.Lines.Count(line => line.StartsWith("ALARM relay: The relay refuses our login.", StringComparison.Ordinal)));
    }

    private Task<Installation> CreateAsync() => Installation.CreateAsync(clock, new Dictionary<string, string?> { ["Alerts:To"] = "ops@example.org" });

    private static async Task<IReadOnlyList<string>> ToldAsync(Installation installation) =>
        [.. (await installation.Database.ReadAsync(connection => connection.QueryAsync<string>("select payload from outbox where kind = 'alarm' order by id"), CancellationToken.None))
            .Select(payload => LetterPayload.Parse(payload).Lines[0])];

    private sealed class ToldInLog : ILogger<Alarms>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
