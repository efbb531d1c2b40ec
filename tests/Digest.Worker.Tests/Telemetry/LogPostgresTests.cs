using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>The lines of a day at Trace on PostgreSQL: its password, and what its errors quote.</summary>
public sealed class LogPostgresTests
{
    private const string Secret = "battery-staple-database";
    private const string Reader = "ada.lovelace@example.org";

    [FactWith<PostgresServer>]
    public async Task A_day_on_PostgreSQL_tells_neither_its_password_nor_anybody()
    {
        var database = await TestDatabase.CreatePostgresAsync();
        await using var smtp = new LoopbackSmtp();
        using var day = new LoggedDay([("Storage:ConnectionString", $"{database};Password={Secret}"), ("Logging:LogLevel:Npgsql", "Trace"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{smtp.Port}")]);
        await day.BeginAsync();
        await day.DoAsync("", "subscriber", "add", Reader, "--interest", "language models", "--welcome", "--now");
        await LoggedDay.UntilAsync(() => smtp.Mails.Count >= 2, "the mails do not come");
        foreach (var verb in (string[][])[["subscriber", "add", Reader], ["doctor", "--to", "operator@example.com"], ["config", "show"], ["storage", "copy", "--to", $"Host=127.0.0.1;Port=1;Username=digest;Database=x;Password={Secret}"]])
            await day.DoAsync("", verb);
        // The server goes, and another is there that knows nothing of us.
        await TestDatabase.DropPostgresAsync(database);
        await day.DoAsync("", "subscriber", "list");
        await day.DoAsync("", "doctor");
        var all = await day.EndAsync();
        Assert.Contains("\"level\":\"trace\"", all, StringComparison.Ordinal);
        Assert.Contains("3D000", all, StringComparison.Ordinal);
        LoggedDay.DoesNotTell(all, [Secret, Reader, Reader.Split('@')[0], "operator@example.com", .. smtp.Mails.SelectMany(mail => LoggedDay.Tokens(mail.Parse()))]);
    }
}
