using System.Text.Json;
using Dapper;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.EndToEnd;

/// <summary>Five real days and a hundred real profiles through the program itself.</summary>
public sealed class WeekTests
{
    private const int Readers = 100;
    private static readonly string[] Days = ["2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30"];

    [FactWith<RealData>]
    public async Task Every_issue_comes_once_no_paper_twice_and_both_parts_say_the_same()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "week"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", RealData.Path("week")));
        var imported = await program.MustAsync("subscriber", "import", program.Write("readers.csv", RealProfiles.Csv(Readers)), "--at", "2026-01-25T20:00:00Z");
        Assert.Contains($"{Readers} imported, 0 refused", imported, StringComparison.Ordinal);
        foreach (var day in Days)
            await program.MustAsync("once", "--at", $"{day}T20:00:00Z");
        await program.MustAsync("once", "--at", "2026-01-30T20:30:00Z");

        var mails = PickedUp.All(program.Pickup);
        var issues = Issues(program);
        Assert.Equal(Readers * Days.Length, issues.Count);
        Assert.True(mails.Count > Readers, $"only {mails.Count} mails");

        // Each issue with papers is one mail, and each mail one issue, with the stored papers in the stored order in both parts.
        var stored = issues.Where(issue => issue.Papers.Length > 0).ToDictionary(issue => (issue.Recipient, issue.Day), issue => issue.Papers.Split(' '));
        Assert.Equal(stored.Count, mails.Count);
        foreach (var mail in mails)
        {
            Assert.NotEmpty(mail.Subject);
            Assert.Equal(stored[(mail.Recipient, mail.Day)], mail.InText);
            Assert.Equal(mail.InText, mail.InHtml);
        }
        foreach (var reader in mails.GroupBy(mail => mail.Recipient))
            Assert.Equal(reader.Sum(mail => mail.InText.Count), reader.SelectMany(mail => mail.InText).Distinct().Count());

        // Found without the matcher: whoever has a phrase that stands in a title of the day gets an issue that day.
        var titles = Days.ToDictionary(day => day, day => File.ReadLines(RealData.Path("week", $"{day}.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).Where(paper => paper.GetProperty("announce_type").GetString() == "new")
            .Select(paper => paper.GetProperty("title").GetString()!.ToLowerInvariant()).ToList());
        var checkedPhrases = 0;
        foreach (var (recipient, profile) in Profiles(program))
        {
            var lines = profile.Split('\n');
            if (lines.Any(line => line.StartsWith('-')))
                continue;
            foreach (var phrase in lines.Where(line => line.Contains(' ', StringComparison.Ordinal) && line.All(c => char.IsAsciiLetterLower(c) || c == ' ')))
                foreach (var day in Days.Where(day => titles[day].Any(title => $" {title} ".Contains($" {phrase} ", StringComparison.Ordinal))))
                {
                    checkedPhrases++;
                    Assert.True(stored.ContainsKey((recipient, day)), $"{recipient} has '{phrase}' and got nothing on {day}");
                }
        }
        Assert.True(checkedPhrases > 50, $"only {checkedPhrases} phrases stand in titles");
    }

    private static List<(string Recipient, string Day, string Papers)> Issues(DigestProgram program)
    {
        using var connection = new SqliteConnection(program.ConnectionString);
        return [.. connection.Query<(string, string, string)>(
            """
            select s.email, substr(i.composed_at, 1, 10),
                coalesce((select group_concat(substr(p.work_key, 7), ' ') from (select value from json_each(i.paper_ids) order by key) c join paper p on p.id = c.value), '')
            from issue i join subscriber s on s.id = i.subscriber_id
            """)];
    }

    private static List<(string, string)> Profiles(DigestProgram program)
    {
        using var connection = new SqliteConnection(program.ConnectionString);
        return [.. connection.Query<(string, string)>("select email, profile from subscriber")];
    }
}
