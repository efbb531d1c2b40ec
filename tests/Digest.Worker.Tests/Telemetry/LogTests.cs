using System.Text.Json;
using Digest.Worker.Telemetry;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digest.Worker.Tests.Telemetry;

public sealed class LogTests
{
    private static readonly LogRedaction Redaction = new([1, 2, 3], new LogSecrets(["hunter2hunter2", "abc"], []));

    [Theory]
    [InlineData("Mail 7: 550 5.1.1 <ada.lovelace+x@example.org>: User unknown", "Mail 7: 550 5.1.1 <address-")]
    [InlineData("AUTH failed for digest@mail.example.org", "AUTH failed for address-")]
    [InlineData("to jürgen@bücher.example, now", "to address-")]
    [InlineData("POST http://h/u/abcdefghijklmnopqrstuvwxyz234567 1", "POST http://h/u/******** 1")]
    [InlineData("GET http://h/my/abcdefghijklmnopqrstuvwxyz234567/issues 200", "GET http://h/my/********/issues 200")]
    [InlineData("GET /feed/ABCDEFGHIJKLmnopqrstuvwxyz234567, /a/abcdefghijklmnopqrstuvwxyz234567", "GET /feed/********, /a/********")]
    [InlineData("GET /nothing/?token=abcdefghijklmnopqrstuvwxyz234567&x", "GET /nothing/?token=********&x")]
    [InlineData("key digest_abcdefghijklmnopqrstuvwxyz234567.", "key digest_********.")]
    [InlineData("password hunter2hunter2!", "password ********!")]
    [InlineData("sendto=ada%40example.org&x", "sendto=address-")]
    [InlineData("returned to bounces+ada=example.org@lists.example.net", "returned to address-")]
    [InlineData("x-to=ada@example.org", "x-to=address-")]
    [InlineData("RCPT TO:<\"ada lovelace\"@example.org>", "RCPT TO:<address-")]
    [InlineData("'o'lovelace@example.org' left", "'address-")]
    [InlineData("ada@[192.0.2.1] and ada@[IPv6:2001:db8::1]", "address-")]
    [InlineData("saved_token_abcdefghijklmnopqrstuvwxyz234567_1", "saved_token_********_1")]
    public void Addresses_tokens_and_secrets_are_taken_out(string line, string begins)
    {
        var clean = Redaction.Clean(line);
        Assert.StartsWith(begins, clean, StringComparison.Ordinal);
        foreach (var kept in new[] { "ada", "lovelace", "jürgen", "hunter2", "klmnop", "digest@" })
            Assert.DoesNotContain(kept, clean, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_was_renewed_in_its_file_is_kept_out_and_so_is_the_one_before()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("secret"), "first-password\n");
        var redaction = new LogRedaction([1], new LogSecrets([], [folder.File("secret"), folder.File("absent")]));
        Assert.Equal("535 ******** second-password", redaction.Clean("535 first-password second-password"));
        File.WriteAllText(folder.File("secret"), "second-password");
        File.SetLastWriteTimeUtc(folder.File("secret"), DateTime.UnixEpoch);
        Assert.Equal("535 ******** ********", redaction.Clean("535 first-password second-password"));
    }

    [Fact]
    public void The_same_address_has_the_same_hash_in_any_case_and_another_installation_another()
    {
        Assert.Equal(Redaction.Clean("a@example.org"), Redaction.Clean("A@Example.org"));
        Assert.NotEqual(Redaction.Clean("a@example.org"), Redaction.Clean("b@example.org"));
        Assert.NotEqual(Redaction.Clean("a@example.org"), new LogRedaction([9], new LogSecrets([], [])).Clean("a@example.org"));
        Assert.Equal("nothing @ all, 5 @ 3, user@", Redaction.Clean("nothing @ all, 5 @ 3, user@"));
    }

    [Fact]
    public void A_line_of_json_is_one_object_whatever_the_event_holds()
    {
        var writer = new LogWriter(LogForm.Json, new Lazy<LogRedaction>(Redaction), TimeProvider.System);
        using var text = new StringWriter();
        List<KeyValuePair<string, object?>> state = [new("Mail", 5L), new("Answer", "550 \u001b[2J\r\nno <ada@example.org>"), new("Message", "x"), new("{OriginalFormat}", "Mail {Mail}")];
        writer.Write(new LogEntry<List<KeyValuePair<string, object?>>>(LogLevel.Warning, "Digest.Delivery", new EventId(7, "MailRefused"), state, new InvalidOperationException("at ada@example.org"), (_, _) => "Mail 5"), null, text);
        var line = Assert.Single(text.ToString().TrimEnd('\n').Split('\n'));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(("warning", "MailRefused", 5, "Mail 5", "x"), (json.GetProperty("level").GetString(), json.GetProperty("event").GetString(), json.GetProperty("mail").GetInt32(), json.GetProperty("message").GetString(), json.GetProperty("message_").GetString()));
        Assert.DoesNotContain("ada@", line, StringComparison.Ordinal);
        Assert.DoesNotContain("u001b", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_event_is_called_by_what_happened()
    {
        using var text = new StringWriter();
        new LogWriter(LogForm.Json, new Lazy<LogRedaction>(Redaction), TimeProvider.System).Write(
            new LogEntry<string>(LogLevel.Information, "Digest.Papers", new EventId(1, "LogHarvested"), "x", null, (state, _) => state), null, text);
        Assert.Equal("Harvested", JsonDocument.Parse(text.ToString()).RootElement.GetProperty("event").GetString());
    }

    [Fact]
    public async Task The_program_writes_json_when_told_so_and_no_address()
    {
        using var program = new DigestProgram(("Telemetry:Logs", "json"), ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", "1"),
            ("Delivery:Transport", "smtp"), ("Smtp:Username", "digest"), ("Smtp:Password", "hunter2hunter2"));
        await program.MustAsync("subscriber", "add", "ada@example.org", "--welcome");
        var (_, output, error) = await program.RunAsync("deliveries", "run");
        Assert.Contains("\"level\":", error, StringComparison.Ordinal);
        Assert.All(error.Trim().Split('\n').Where(line => line.StartsWith('{')), line => JsonDocument.Parse(line).Dispose());
        Assert.DoesNotContain("ada@example.org", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output + error, StringComparison.Ordinal);
    }
}
