using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Operations;

/// <summary>The doctor as an operator sees it: half of an installation missing, and a whole one.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task It_goes_on_where_half_of_it_is_missing_and_says_what_to_do()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "mine"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", "/no/such/file"),
            ("Delivery:Transport", "auto"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", "1"), ("Mailbox:Kind", "imap"), ("Mailbox:Host", "127.0.0.1"), ("Mailbox:Port", "1"), ("Mailbox:Username", "x"),
            ("Sender:From", "digest@localhost.localdomain"), ("Web:PublicUrl", "http://127.0.0.1:1"), ("Smtp:Hots", "x"), ("DOTNET_RUNNING_IN_CONTAINER", "false"));
        var (code, output, _) = await program.RunAsync("doctor");
        Assert.Equal(1, code);
        foreach (var line in new[]
        {
            "ok       database", "ok       disk", "ok       integrity", "FAILURE  relay        The relay 127.0.0.1:1 cannot be reached. Connection refused", "FAILURE  mailbox      The mailbox cannot be read. 127.0.0.1:1: ", "WARNING  dns          Mails go out as from digest@localhost.localdomain", "-        alerts",
            "FAILURE  reach/mine   mine: /no/such/file is not there.", "FAILURE  one-click", "WARNING  settings     Smtp:Hots", "-> Look at the relay",
        })
            Assert.Contains(line, output, StringComparison.Ordinal);

        // Who moves the same settings into a container is told where 127.0.0.1 is there.
        program["DOTNET_RUNNING_IN_CONTAINER"] = "true";
        (_, output, _) = await program.RunAsync("doctor");
        Assert.Equal(2, output.Split("-> In a container 127.0.0.1 is the container itself").Length - 1);
    }

    [Fact]
    public async Task A_public_address_without_https_is_no_one_click_unsubscribe()
    {
        var url = $"http://127.0.0.1:{Ports.Free()}";
        using var program = new DigestProgram(("Web:Urls", url), ("Web:PublicUrl", url), ("Sender:From", "digest@localhost.localdomain"));
        using var service = program.Start("serve");
        using var http = new HttpClient();
        await Telemetry.LoggedDay.UntilAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(url)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the doors do not open");
        Assert.Contains($"WARNING  one-click    {url} comes to this installation, but mails carry no one-click unsubscribe", await program.MustAsync("doctor"), StringComparison.Ordinal);
        service.Kill();
        await service.WaitForExitAsync();
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_told_with_its_place_and_the_rest_is_looked_at()
    {
        using var program = new DigestProgram(("Delivery:Transport", "auto"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", "1"));
        // A folder where the file should be.
        Directory.CreateDirectory(Path.Combine(program.Folder, "digest.db"));
        var (code, output, _) = await program.RunAsync("doctor", "--to", "ops@example.org");
        Assert.Equal(1, code);
        Assert.Contains($"FAILURE  installation The database {Path.Combine(program.Folder, "digest.db")} cannot be used", output, StringComparison.Ordinal);
        Assert.Contains("FAILURE  database     The database cannot be written.", output, StringComparison.Ordinal);
        Assert.Contains("FAILURE  relay        The relay 127.0.0.1:1 cannot be reached.", output, StringComparison.Ordinal);
        var (served, _, error) = await program.RunAsync("serve");
        Assert.Equal(1, served);
        Assert.Contains("uid 1654", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_are_told_first_and_alone()
    {
        using var program = new DigestProgram(("Smtp:Port", "70000"), ("Schedule:HarvestSeconds", "1"));
        var (code, output, _) = await program.RunAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAILURE  settings     Smtp:Port is '70000'", output, StringComparison.Ordinal);
        Assert.Contains("Schedule:HarvestSeconds", output, StringComparison.Ordinal);
        Assert.Contains("-        all else     Not looked at", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_is_well_it_says_so_and_its_mail_arrives()
    {
        await using var server = new LoopbackSmtp();
        using var program = new DigestProgram(("Papers:Sources:0:Name", "samples"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")),
            ("Delivery:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}"), ("Sender:From", "digest@localhost.localdomain"));
        var output = await program.MustAsync("doctor", "--to", "ops@example.org");
        Assert.Contains("ok       relay", output, StringComparison.Ordinal);
        Assert.Contains("ok       reach/samples", output, StringComparison.Ordinal);
        Assert.Contains("ok       mail", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILURE", output, StringComparison.Ordinal);
        Assert.Equal("ops@example.org", Assert.Single(server.Mails).Recipient);
    }

    /// <summary>As who tries a new installation does: the service runs already, sends on its own, and with limits nobody else may.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("50")]
    public async Task Its_mail_goes_out_beside_a_running_service_too(string perHour)
    {
        await using var server = new LoopbackSmtp();
        using var program = new DigestProgram(("Delivery:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}"), ("Delivery:PerHour", perHour), ("Web:Urls", $"http://127.0.0.1:{Ports.Free()}"));
        using var service = program.Start("serve");
        try
        {
            await Telemetry.LoggedDay.UntilAsync(() => Directory.Exists(Path.Combine(program.Folder, "workers")), "the service does not begin to send");
            Assert.Contains("ok       mail         A test mail is on its way to ops@example.org.", await program.MustAsync("doctor", "--to", "ops@example.org"), StringComparison.Ordinal);
            Assert.Equal("ops@example.org", Assert.Single(server.Mails).Recipient);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_mail_that_is_refused_or_goes_nowhere_is_not_called_sent()
    {
        await using var server = new LoopbackSmtp();
        server.Script.Recipient["gone"] = "550 5.1.1 no such user";
        using var program = new DigestProgram(("Delivery:Transport", "auto"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}"));
        var (code, output, _) = await program.RunAsync("doctor", "--to", "gone@example.org");
        Assert.Equal(1, code);
        Assert.Contains("FAILURE  mail         The test mail was refused. 550 5.1.1 no such user", output, StringComparison.Ordinal);
        program["Delivery:Transport"] = "pickup";
        output = await program.MustAsync("doctor", "--to", "ops@example.org");
        Assert.Contains($"-        mail         The test mail lies in {program.Pickup} and goes no further", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_draw_rows_of_bars_and_a_page_that_needs_nothing_else()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "samples"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")));
        Assert.Contains("subscribers: none", await program.MustAsync("stats", "--at", "2026-11-20T21:05:00Z"), StringComparison.Ordinal);
        await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "large language models", "--at", "2026-11-20T05:00:00Z");
        await program.MustAsync("once", "--at", "2026-11-20T21:00:00Z");
        var html = Path.Combine(program.Folder, "stats.html");
        var output = await program.MustAsync("stats", "--html", html, "--at", "2026-11-20T21:05:00Z");
        Assert.Contains("issues sent      ·····························█         1 in all", output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 days whole", output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(html);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Matches("Papers in an issue, on average</h2><p>[0-9]+\\.[0-9] in these days", page);
        Assert.Contains("<h2>Bounces</h2><p>None in these days</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", page, StringComparison.Ordinal);
    }
}
