using System.Diagnostics;
using System.Globalization;
using System.Net;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Container;

/// <summary>The image as an operator runs it, and what happens to it.</summary>
[Trait("Category", "Container")]
public sealed class ContainerTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    /// <summary>What the page on operating promises for the truth of <c>/readyz</c>.</summary>
    private static readonly TimeSpan Truth = TimeSpan.FromSeconds(10);

    [ContainerFact]
    public async Task It_is_small_and_runs_without_any_right_and_finds_itself_healthy()
    {
        var size = long.Parse(await DigestContainer.PodmanAsync("image", "inspect", "--format", "{{.Size}}", "digest"), CultureInfo.InvariantCulture);
        Assert.InRange(size, 1, 300_000_000);
        Assert.Equal("1654", await DigestContainer.PodmanAsync("image", "inspect", "--format", "{{.Config.User}}", "digest"));
        using var volume = new SmallVolume();
        await using var container = new DigestContainer(volume.Option, []);
        await container.StartAsync();
        await container.ReadyAsync(true, Start);
        Assert.Equal("1654", await container.ExecAsync("id", "-u"));
        Assert.Contains("alive", await container.ExecAsync("dotnet", "/app/Digest.Worker.dll", "healthcheck"), StringComparison.Ordinal);
        Assert.Equal("0000000000000000", (await container.ExecAsync("sh", "-c", "grep CapEff /proc/1/status | cut -f2")).Trim());
        await Assert.ThrowsAsync<InvalidOperationException>(() => container.ExecAsync("touch", "/app/x"));
        Assert.Contains("\"level\":\"information\"", await container.LogsAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await container.StopAsync());
    }

    [ContainerFact]
    public async Task SIGTERM_amid_two_thousand_sends_ends_in_order_and_loses_nothing()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { AtRecipient = _ => Task.Delay(25) });
        using var folder = await FilledAsync(server, 2000);
        await using var container = new DigestContainer($"-v={folder.Path}:/data", server.Settings(4));
        await container.StartAsync();
        await UntilAsync(() => server.Mails.Count > 300);
        var begun = Stopwatch.GetTimestamp();
        Assert.Equal(0, await container.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 28);
        Assert.InRange(server.Mails.Count, 300, 1999);
        await container.AgainAsync();
        await UntilAsync(() => server.Mails.Count >= 2000);
        await Task.Delay(1500);
        Assert.Equal(2000, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(2000, server.Mails.Count);
    }

    [ContainerFact]
    public async Task Kill_9_and_start_again_sends_the_rest()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { AtRecipient = _ => Task.Delay(4) });
        using var folder = await FilledAsync(server, 1000);
        await using var container = new DigestContainer($"-v={folder.Path}:/data", server.Settings(4));
        await container.StartAsync();
        for (var kill = 1; kill <= 3; kill++)
        {
            var enough = 200 * kill;
            await UntilAsync(() => server.Mails.Count > enough);
            await container.KillAsync();
            await container.AgainAsync();
        }
        await UntilAsync(() => server.Mails.Select(mail => mail.Recipient).Distinct().Count() == 1000);
        // A mail whose final answer was cut off by the kill may come twice (RFC 1047): at most one a connection and kill.
        Assert.InRange(server.Mails.Count, 1000, 1000 + 3 * 4);
    }

    /// <summary>The name server takes questions and does not answer, for as many seconds as <c>DIGEST_DNS_SECONDS</c> says; 20 unless told.</summary>
    [ContainerFact]
    public async Task Without_DNS_it_says_so_and_recovers_alone()
    {
        await using var server = new LoopbackSmtp();
        // Of its own: port 53 is one for all tests that run on this machine at a time.
        var address = $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}";
        using var dns = new LoopbackDns(new IPEndPoint(IPAddress.Parse(address), 53)) { A = { ["relay.digest.test"] = IPAddress.Loopback }, Silent = true };
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("hosts"), "127.0.0.1 localhost\n");
        File.WriteAllText(folder.File("resolv.conf"), $"nameserver {address}\n");
        var settings = server.Settings();
        settings["Smtp:Host"] = "relay.digest.test";
        settings["Smtp:Security"] = "none";
        settings["Alerts:To"] = "ops@example.org";
        using var volume = new SmallVolume();
        await using var container = new DigestContainer(volume.Option, settings, $"-v={folder.File("hosts")}:/etc/hosts:ro", $"-v={folder.File("resolv.conf")}:/etc/resolv.conf:ro");
        await container.StartAsync();
        Assert.Contains("failure  relay: ", await container.ReadyAsync(false, Start), StringComparison.Ordinal);
        dns.Silent = false;
        await container.ReadyAsync(true, Truth);
        dns.Silent = true;
        await container.ReadyAsync(false, Truth);
        var begun = Stopwatch.GetTimestamp();
        var seconds = double.Parse(Environment.GetEnvironmentVariable("DIGEST_DNS_SECONDS") ?? "20", CultureInfo.InvariantCulture);
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
        {
            await container.ReadyAsync(false, Truth);
            using var alive = await container.Http.GetAsync("/healthz");
            Assert.True(alive.IsSuccessStatusCode);
            await Task.Delay(1000);
        }
        dns.Silent = false;
        await container.ReadyAsync(true, Truth);
        // What waited meanwhile (the small volume is an alarm) goes out by itself.
        await UntilAsync(() => !server.Mails.IsEmpty);
        Assert.Equal(0, await container.StopAsync());
    }

    /// <summary>The relay's password and the mailbox's token, each wrong, put right, and renewed behind our back.</summary>
    [ContainerFact]
    public async Task A_wrong_password_is_told_and_the_rotated_secret_is_used_without_a_restart()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Login = ("digest", "second") });
        await using var imap = new LoopbackImap { OAuth = Token("second") };
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("relay"), "first\n");
        File.WriteAllText(folder.File("mailbox"), "first\n");
        var settings = server.Settings();
        settings["Smtp:Username"] = "digest";
        settings["Smtp:Password_FILE"] = "/run/secrets/relay";
        settings["Mailbox:Kind"] = "imap";
        settings["Mailbox:Host"] = "127.0.0.1";
        settings["Mailbox:Port"] = $"{imap.Port}";
        settings["Mailbox:Username"] = "digest";
        settings["Mailbox:Authentication"] = "xoauth2";
        settings["Mailbox:Password_FILE"] = "/run/secrets/mailbox";
        using var volume = new SmallVolume();
        await using var container = new DigestContainer(volume.Option, settings, $"-v={folder.File("relay")}:/run/secrets/relay:ro", $"-v={folder.File("mailbox")}:/run/secrets/mailbox:ro");
        await container.StartAsync();
        Assert.Contains("refuses us", await container.ReadyAsync(false, Start), StringComparison.Ordinal);
        File.WriteAllText(folder.File("relay"), "second\n");
        await container.SaysAsync("failure  mailbox: ", Truth, unlike: "failure  relay: ");
        File.WriteAllText(folder.File("mailbox"), "second\n");
        await container.ReadyAsync(true, Truth);
        imap.OAuth = Token("third");
        Assert.Contains("failure  mailbox: ", await container.ReadyAsync(false, Truth), StringComparison.Ordinal);
        File.WriteAllText(folder.File("mailbox"), "third\n");
        await container.ReadyAsync(true, Truth);
        server.Script.Login = ("digest", "third");
        Assert.Contains("failure  relay: ", await container.ReadyAsync(false, Truth), StringComparison.Ordinal);
        File.WriteAllText(folder.File("relay"), "third\n");
        await container.ReadyAsync(true, Truth);
        var logs = await container.LogsAsync();
        Assert.DoesNotContain("second", logs, StringComparison.Ordinal);

        static string Token(string text) => $"user=digest\u0001auth=Bearer {text}\u0001\u0001";
    }

    /// <summary>The volume fills up while mails go out.</summary>
    [ContainerFact]
    public async Task A_full_volume_is_told_and_room_is_enough_to_go_on()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { AtRecipient = _ => Task.Delay(100) });
        using var volume = new SmallVolume();
        await FillAsync(volume.Folder, server, 1000);
        await using var container = new DigestContainer(volume.Option, server.Settings(4));
        await container.StartAsync();
        await container.ReadyAsync(true, Start);
        await UntilAsync(() => server.Mails.Count > 20);
        await container.ExecAsync("sh", "-c", "dd if=/dev/zero of=/data/ballast bs=1M count=200 2>/dev/null || true");
        Assert.Contains("failure", await container.ReadyAsync(false, Truth), StringComparison.Ordinal);
        // What the database cannot note is not sent.
        var sent = server.Mails.Count;
        await Task.Delay(3000);
        Assert.InRange(server.Mails.Count, sent, sent + 4);
        Assert.True(sent < 900, "the volume was full too late");
        await container.ExecAsync("rm", "/data/ballast");
        await container.ReadyAsync(true, Truth);
        await UntilAsync(() => server.Mails.Select(mail => mail.Recipient).Distinct().Count() == 1000);
        Assert.Equal(1000, server.Mails.Count);
        Assert.Equal(0, await container.StopAsync());
    }

    /// <summary>A data folder whose outbox holds so many letters, for the user of the image.</summary>
    private static async Task<TestFolder> FilledAsync(LoopbackSmtp server, int letters)
    {
        var folder = new TestFolder();
        await FillAsync(folder.Path, server, letters);
        return folder;
    }

    private static async Task FillAsync(string folder, LoopbackSmtp server, int letters)
    {
        await using (var installation = await Installation.CreateAsync(settings: server.Settings(), folder: folder))
        {
            installation.Get<Digest.Worker.Storage.InstallationKey>();
            await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, letters).Select(i => $"reader{i}"), MailKind.Answer);
        }
        using var chown = Process.Start("chown", ["-R", "1654:1654", folder]);
        await chown!.WaitForExitAsync();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(2), "nothing goes on in the container");
            await Task.Delay(20);
        }
    }
}
