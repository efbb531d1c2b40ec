using Digest.Worker.Settings;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Digest.Worker.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public void Every_fault_is_named_at_once_also_several_of_one_room()
    {
        var faults = DigestHost.Faults(Configuration(
            ("Smtp:Port", "70000"), ("Smtp:Connections", "many"), ("Smtp:Security", "maybe"), ("Smtp:PasswordFile", "/no/such/file"),
            ("Sender:From", "nobody"), ("Schedule:HarvestSeconds", "1"), ("Schedule:MailboxSeconds", "0"), ("Alerts:To", "me"),
            ("Papers:Sources:0:Kind", "crystal-ball"), ("Papers:Sources:1:Kind", "file"), ("Papers:Sources:2:Kind", "arxiv-rss"), ("Papers:KeepRawDays", "-1"),
            ("Issues:HoldOverDays", "99"), ("Web:Urls", "there"), ("Web:PublicUrl", "here"), ("Mailbox:Kind", "imap")));
        Assert.Equal(
            ["Alerts:To", "Issues:HoldOverDays", "Mailbox:Host", "Papers:KeepRawDays", "Papers:Sources:0:Kind", "Papers:Sources:1:Path", "Papers:Sources:2:Categories", "Schedule:HarvestSeconds",
                "Schedule:MailboxSeconds", "Sender:From", "Smtp:Connections", "Smtp:PasswordFile", "Smtp:Port", "Smtp:Security", "Web:PublicUrl", "Web:Urls"],
            faults.Select(fault => fault.Key).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.StartsWith(fault.Key, fault.Line, StringComparison.Ordinal));
        Assert.Contains("Smtp:Port is '70000': 1 to 65535", faults.Select(fault => fault.Line));
    }

    [Fact]
    public void Settings_that_can_be_used_have_no_faults() =>
        Assert.Empty(DigestHost.Faults(Configuration(("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", "x"))));

    [Theory]
    [InlineData("60", "66", false)]
    [InlineData("60", "67", true)]
    [InlineData("0", "30", true)]
    public void A_paper_is_not_forgotten_while_it_may_wait(string waits, string kept, bool isGood) =>
        Assert.Equal(isGood ? [] : ["Retention:PapersDays"], DigestHost.Faults(Configuration(("Issues:HoldOverDays", waits), ("Retention:PapersDays", kept))).Select(fault => fault.Key));

    [Theory]
    [InlineData("Smtp:Hots", "Smtp:Host")]
    [InlineData("Stmp:Host", "Smtp:Host")]
    [InlineData("Papers:Sources:3:Url", null)]
    [InlineData("Papers:Sources:3:Category", "Papers:Sources:3:Categories")]
    [InlineData("Papers:Source:0:Kind", "Papers:Sources:0:Kind")]
    [InlineData("Papers:Sources:0:Categories:1", null)]
    [InlineData("smtp:HOST", null)]
    [InlineData("Smtp:Password_FILE", null)]
    [InlineData("Smtp:Pasword_FILE", "Smtp:Password")]
    [InlineData("Alert:To", "Alerts:To")]
    [InlineData("Smtp:User", "Smtp:Username")]
    [InlineData("Smtp:1:User", "Smtp:Username")]
    [InlineData("Git:Host", null)]
    [InlineData("PATH", null)]
    public void An_unknown_key_is_reported_with_the_one_that_was_meant(string key, string? meant)
    {
        var lines = UnknownSettings.Find(Configuration((key, "x")));
        if (meant is null)
            Assert.Empty(lines);
        else
            Assert.Contains($"did you mean {meant}", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_show_masks_every_secret_and_says_where_each_setting_comes_from()
    {
        using var program = new DigestProgram(("Smtp:Host", "mail.example.org"), ("Smtp:Password", "hunter2hunter2"), ("Mailbox:Password", "correct-horse"), ("Smtp:Hots", "x"),
            ("Web:Urls", "http://127.0.0.1:8123"), ("Papers:Sources:0:Kind", "feed"), ("Papers:Sources:0:Url", "https://me:battery-staple@example.org/feed?api_key=topsecret"), ("Smtp:Port", "70000"));
        program["Sender:Name_FILE"] = program.Write("name", "Papers of the Day\n");
        var (code, output, error) = await program.RunAsync("config", "show");
        Assert.Equal(1, code);
        Assert.Contains("Sender:Name\tPapers of the Day\tthe file of Sender:Name_FILE", output, StringComparison.Ordinal);
        Assert.Contains("Smtp:Host\tmail.example.org\tenvironment Smtp__Host", output, StringComparison.Ordinal);
        Assert.Contains("Smtp:Password\t********\t", output, StringComparison.Ordinal);
        Assert.Contains("Web:Urls\thttp://127.0.0.1:8123\t", output, StringComparison.Ordinal);
        Assert.Contains("did you mean Smtp:Host", error, StringComparison.Ordinal);
        Assert.Contains("Smtp:Port is '70000'", error, StringComparison.Ordinal);
        foreach (var secret in new[] { "hunter2", "correct-horse", "battery-staple", "topsecret" })
            Assert.DoesNotContain(secret, output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("Issues:HoldOverDays", output, StringComparison.Ordinal);

        program["Smtp:Port"] = "2525";
        Assert.Contains("Issues:HoldOverDays\t7\tdefault", await program.MustAsync("config", "show", "--all"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Password=battery-staple;Database=digest", "Host=db;Password=********;Database=digest", "battery-staple")]
    [InlineData("Password='battery;staple''s';Host=db", "Password=********;Host=db", "battery;staple's")]
    [InlineData("pwd=\"battery;staple\"", "pwd=********", "battery;staple")]
    [InlineData("https://me:battery%2Fstaple@example.org/feed?api_key=top", "https://me:********@example.org/feed?api_key=********", "battery/staple")]
    public void A_secret_within_a_value_is_masked_to_its_end_and_known_as_a_server_is_told_it(string value, string masked, string secret)
    {
        Assert.Equal(masked, InnerSecrets.Mask(value));
        Assert.Contains(secret, InnerSecrets.Find(value));
    }

    [Theory]
    [InlineData("Storage:ConnectionString", "Hots=db;Password=battery-staple")]
    [InlineData("Papers:Sources:0:Url", "ftp://me:battery-staple@example.org/feed")]
    public void A_fault_does_not_tell_the_secret_within_its_value(string key, string value)
    {
        var faults = DigestHost.Faults(Configuration(("Papers:Sources:0:Kind", key.StartsWith("Papers", StringComparison.Ordinal) ? "feed" : "huggingface"), (key, value)));
        var line = Assert.Single(faults).Line;
        Assert.StartsWith(key, line, StringComparison.Ordinal);
        Assert.DoesNotContain("battery", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_file_is_read_again_at_each_connection_so_that_a_renewed_one_is_used()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("secret"), "first\n");
        var builder = new ConfigurationBuilder().AddInMemoryCollection(Pairs(("Smtp:Host", "mail.example.org"), ("Smtp:Username", "digest"), ("Smtp:Password_FILE", folder.File("secret"))));
        ((IConfigurationBuilder)builder).Add(new SecretFiles(builder.Build()));
        var relay = Digest.Worker.Delivery.DeliverySettings.Relay(Digest.Worker.Delivery.DeliverySettings.Smtp(builder.Build())[0]);
        Assert.Equal("first", relay.Credential()!.Password);
        File.WriteAllText(folder.File("secret"), "second\n");
        Assert.Equal("second", relay.Credential()!.Password);
    }

    [Fact]
    public void A_secret_file_that_is_not_there_is_a_fault_that_names_its_key()
    {
        Assert.Equal(2, new SecretFiles(Configuration(("Smtp:Password_FILE", "/no/such/file"), ("Mailbox:Password_FILE", "/nor/this"))).Faults.Count);
    }

    [Fact]
    public async Task A_start_that_fails_names_every_fault_at_once_secret_files_and_unknown_keys_too()
    {
        using var program = new DigestProgram(("Smtp:Host", "mail.example.org"), ("Smtp:Password_FILE", "/no/such/file"), ("Smtp:Port", "70000"), ("Mailbox:Kind", "pop"), ("Retention:PapersDays", "1"), ("Alerts:Two", "x"));
        var (code, _, error) = await program.RunAsync("serve");
        Assert.Equal(1, code);
        foreach (var part in new[] { "Smtp:Password_FILE is '/no/such/file'", "Smtp:Port is '70000'", "Mailbox:Kind is 'pop'", "Retention:PapersDays is '1'", "Alerts:Two is no setting of ours: did you mean Alerts:To?" })
            Assert.Contains(part, error, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder().AddInMemoryCollection(Pairs(settings)).Build();

    private static Dictionary<string, string?> Pairs(params (string Key, string? Value)[] settings) => settings.ToDictionary(pair => pair.Key, pair => pair.Value);
}
