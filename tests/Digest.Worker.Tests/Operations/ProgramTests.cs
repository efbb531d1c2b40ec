using Dapper;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Operations;

/// <summary>The program as a shell sees it: exit codes, one clear line for a fault, nothing changed by looking.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "subscriber", "import", "--help")]
    [InlineData(0, "migrate")]
    [InlineData(0, "once", "--at", "2026-01-26T07:00:00Z")]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "once", "--at", "soon")]
    [InlineData(2, "preview")]
    [InlineData(2, "subscriber", "show")]
    [InlineData(1, "subscriber", "show", "nobody@example.org")]
    [InlineData(1, "preview", "--to", "nobody@example.org")]
    [InlineData(1, "subscriber", "import", "no-such-file.csv")]
    public async Task The_exit_code_says_how_it_went(int expected, params string[] arguments)
    {
        using var program = new DigestProgram();
        var (code, output, error) = await program.RunAsync(arguments);
        Assert.True(expected == code, $"{code}: {output}{error}");
        Assert.Equal(expected != 0, error.Length > 0);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sender:From", "nobody")]
    [InlineData("Delivery:Transport", "pigeon")]
    [InlineData("Issues:HoldOverDays", "61")]
    [InlineData("Issues:HoldOverDays", "some")]
    [InlineData("Storage:ConnectionString", "Where=there")]
    [InlineData("Papers:Sources:0:Kind", "crystal-ball")]
    [InlineData("Mailbox:Kind", "pigeon-hole")]
    [InlineData("Smtp:Port", "70000")]
    public async Task A_wrong_setting_stops_it_with_one_line_that_names_the_key(string key, string value)
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "x"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", "x"), ("Smtp:Host", "localhost"), (key, value));
        var (code, _, error) = await program.RunAsync("once");
        Assert.Equal(1, code);
        var line = Assert.Single(error.Trim().Split('\n'));
        Assert.Contains(key, line, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(program.Folder, "digest.db")));
    }

    [Fact]
    public async Task A_preview_shows_the_issue_and_changes_nothing()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "samples"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")));
        await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "large language models", "--at", "2026-11-20T20:00:00Z");
        await program.MustAsync("once", "--at", "2026-11-20T21:00:00Z");
        var before = Dump(program);
        var shown = await program.MustAsync("preview", "--to", "ada@example.org", "--at", "2026-11-20T21:05:00Z");
        Assert.StartsWith("Subject: ", shown, StringComparison.Ordinal);
        await program.MustAsync("preview", "--to", "ada@example.org", "--out", Path.Combine(program.Folder, "out"), "--at", "2026-11-20T21:05:00Z");
        Assert.Equal(before, Dump(program));
        Assert.Empty(Directory.Exists(program.Pickup) ? Directory.GetFiles(program.Pickup) : []);
        var mail = MimeKit.MimeMessage.Load(Path.Combine(program.Folder, "out", "preview.eml"));
        Assert.Equal("ada@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Contains("language model", mail.TextBody!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["preview.eml", "preview.html", "preview.txt"], Directory.GetFiles(Path.Combine(program.Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_demo_needs_nothing_and_mails_four_issues_and_one_farewell()
    {
        using var program = new DigestProgram();
        var output = await program.MustAsync("demo", "--folder", Path.Combine(program.Folder, "demo"));
        Assert.Contains("is unsubscribed", output, StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(Path.Combine(program.Folder, "demo", "mails"), "*.eml").Length);
        Assert.Equal(5, Directory.GetFiles(Path.Combine(program.Folder, "demo", "mails"), "*.html").Length);
        await program.MustAsync("demo", "--folder", Path.Combine(program.Folder, "demo"));

        program.Write("mine.txt", "not a demo's");
        var (code, _, error) = await program.RunAsync("demo", "--folder", program.Folder);
        Assert.Equal(1, code);
        Assert.Contains("not empty", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(program.Folder, "mine.txt")));
    }

    /// <summary>Every row of every table.</summary>
    private static List<string> Dump(DigestProgram program)
    {
        using var connection = new SqliteConnection(program.ConnectionString);
        return [.. connection.Query<string>("select name from sqlite_master where type = 'table' order by name").ToList()
            .SelectMany(table => connection.Query($"select * from \"{table}\"").Select(row => $"{table} {string.Join('|', ((IDictionary<string, object>)row).Values)}"))];
    }
}
