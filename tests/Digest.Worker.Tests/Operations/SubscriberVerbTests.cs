using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Operations;

public sealed class SubscriberVerbTests
{
    [Fact]
    public async Task The_life_of_a_subscription_on_the_command_line()
    {
        using var program = new DigestProgram();
        const string ada = "ada@example.org";
        var added = await program.MustAsync("subscriber", "add", ada, "--name", "Ada", "--timezone", "Europe/Berlin", "--hour", "9", "--interest", "graph coloring", "--interest", "\"open quote",
            "--at", "2026-01-26T12:00:00Z");
        Assert.Contains("next issue 2026-01-27 08:00Z", added, StringComparison.Ordinal);
        Assert.Contains("Note: ", added, StringComparison.Ordinal);
        var (twice, _, already) = await program.RunAsync("subscriber", "add", "ADA@example.org");
        Assert.Equal(1, twice);
        Assert.Contains("already", already, StringComparison.Ordinal);
        var (wrong, _, faults) = await program.RunAsync("subscriber", "add", "bob", "--hour", "25", "--timezone", "Mars/Olympus");
        Assert.Equal((1, 3), (wrong, faults.Trim().Split('\n').Length));

        await program.MustAsync("subscriber", "edit", ada, "--cap", "3", "--cadence", "weekly:friday", "--at", "2026-01-26T12:00:00Z");
        var shown = await program.MustAsync("subscriber", "show", ada);
        foreach (var text in new[] { "weekly:friday", "2026-01-30 08:00Z", "graph coloring", "Ada" })
            Assert.Contains(text, shown, StringComparison.Ordinal);
        Assert.Contains("paused", await program.MustAsync("subscriber", "pause", ada, "--until", "2026-03-01", "--at", "2026-01-26T12:00:00Z"), StringComparison.Ordinal);
        Assert.Equal($"{ada}\tAda\tpaused\tweekly:friday\t9:00 Europe/Berlin\t3\t2\t2026-03-06 08:00Z", (await program.MustAsync("subscriber", "list")).Trim().Split('\n')[1].Trim());
        await program.MustAsync("subscriber", "resume", ada, "--at", "2026-01-26T12:00:00Z");
        Assert.Equal(1, (await program.RunAsync("subscriber", "resume", ada)).Code);
        await program.MustAsync("subscriber", "remove", ada);
        Assert.Equal(1, (await program.RunAsync("subscriber", "remove", ada)).Code);
        Assert.Single((await program.MustAsync("subscriber", "list")).Trim().Split('\n'));
    }

    [Fact]
    public async Task Who_is_added_with_now_has_an_issue_in_the_next_round_and_the_following_at_the_scheduled_hour()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")));
        Assert.Equal(2, (await program.RunAsync("subscriber", "add", "ada@example.org", "--now", "--confirm")).Code);
        Assert.Contains("next issue 2026-11-20 21:15Z", await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "language models", "--now", "--at", "2026-11-20T21:15:00Z"), StringComparison.Ordinal);
        Assert.Contains("sent 1", await program.MustAsync("once", "--at", "2026-11-20T21:16:00Z"), StringComparison.Ordinal);
        Assert.Contains("2026-11-21 07:00Z", await program.MustAsync("subscriber", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_good_line_is_taken_and_every_refused_one_is_named()
    {
        using var program = new DigestProgram();
        var csv = program.Write("readers.csv", "email,name,language,timezone,cadence,hour,cap,interests,shoe size\n"
            + "ada@example.org,Ada,en,Europe/Berlin,weekdays,7,8,\"graph coloring;\"\"open problems\"\";-survey\",38\n" // 2
            + "nobody,,,,,,,,\n" // 3
            + "bob@example.org,Bob,en,Mars/Olympus,hourly,7,8,graphs,\n" // 4
            + "ADA@example.org,,,,,,,,\n" // 5
            + "broken@example.org,\"No end,en,UTC,daily,7,8,graphs,\n" // 6
            + "carol@example.org,Carol\n" // 7
            + "dan@example.org,\"Dan \"the man\" Da\",en,UTC,daily,7,8,graphs,\n" // 8
            + "\n"
            + "eve@example.org,\"Eve, of the two lines\",en,UTC,daily,7,8,\"first line\nsecond line\",\n" // 10, 11
            + "zoë@münchen.example,Zoë,de,UTC,daily,7,8,機械学習,\n"); // 12
        var (code, output, error) = await program.RunAsync("subscriber", "import", csv);
        Assert.Equal(1, code);
        foreach (var place in new[] { "line 1: the column 'shoe size'", "line 3: 'nobody'", "line 4: 'Mars/Olympus'", "'hourly'", "line 5: ADA@example.org is a subscriber already", "line 6: a quotation mark", "line 8: a quotation mark" })
            Assert.Contains(place, error, StringComparison.Ordinal);
        var listed = await program.MustAsync("subscriber", "list");
        foreach (var taken in new[] { "ada@", "carol@", "eve@", "zoë@" })
            Assert.True(listed.Contains(taken, StringComparison.Ordinal), $"{taken} is missing: {output}{error}{listed}");
        Assert.Contains("4 imported, 5 refused", output, StringComparison.Ordinal);
        Assert.DoesNotContain("broken@", listed, StringComparison.Ordinal);
        var ada = await program.MustAsync("subscriber", "show", "ada@example.org");
        foreach (var interest in new[] { "  graph coloring", "  \"open problems\"", "  -survey" })
            Assert.Contains(interest, ada, StringComparison.Ordinal);
        Assert.Contains("  second line", await program.MustAsync("subscriber", "show", "eve@example.org"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no column 'email'")]
    [InlineData("name,hour\nAda,7\n", "no column 'email'")]
    public async Task A_file_without_the_header_is_refused(string content, string expected)
    {
        using var program = new DigestProgram();
        var (code, _, error) = await program.RunAsync("subscriber", "import", program.Write("readers.csv", content));
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_and_no_cell_is_a_formula()
    {
        using var first = new DigestProgram();
        using var second = new DigestProgram();
        await first.MustAsync("subscriber", "add", "ada@example.org", "--name", "=HYPERLINK(\"http://example.org\")", "--interest", "-survey", "--interest", "a; b, \"c\"", "--interest", "@home");
        await first.MustAsync("subscriber", "add", "+bob@example.org", "--name", "'quoted'", "--cadence", "weekly:friday", "--timezone", "Asia/Kolkata");
        var file = Path.Combine(first.Folder, "out.csv");
        Assert.Contains("2 exported", await first.MustAsync("subscriber", "export", file), StringComparison.Ordinal);
        foreach (var line in (await File.ReadAllLinesAsync(file)).Skip(1))
            Assert.DoesNotMatch("(?:^|,)\"?[=+@-]", line);
        Assert.Contains("2 imported, 0 refused", await second.MustAsync("subscriber", "import", file), StringComparison.Ordinal);
        Assert.Equal(await first.MustAsync("subscriber", "export"), await second.MustAsync("subscriber", "export"));
        Assert.Contains("  a; b, \"c\"", await second.MustAsync("subscriber", "show", "ada@example.org"), StringComparison.Ordinal);
        Assert.Contains("=HYPERLINK", await second.MustAsync("subscriber", "show", "ada@example.org"), StringComparison.Ordinal);
    }
}
