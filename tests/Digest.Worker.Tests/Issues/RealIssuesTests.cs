using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Text;
using Digest.Worker.Tests.Support;
using MimeKit.Encodings;

namespace Digest.Worker.Tests.Issues;

/// <summary>The issue of every real profile on every real day, as it would leave: what holds for the invented ones must hold for these.</summary>
public sealed partial class RealIssuesTests
{
    private static readonly MailFooter Doors = new()
    {
        Recipient = "reader@example.org",
        ReplyTo = "digest+r-k4j2n8s9d0k4j2n8s9d0@lists.example.org",
        UnsubscribeUrl = "https://digest.example.org/u/k4j2n8s9d0k4j2n8s9d0",
        PostalAddress = "Example Society, 1 Sample Street, 12345 Sampletown",
    };

    private static readonly IssueRendering Rendering = new(MailTemplates.Load(null));

    public static TheoryData<string> Days => ["2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30"];

    [TheoryWith<RealData>, MemberData(nameof(Days))]
    public void Every_issue_keeps_what_the_mail_promises(string day)
    {
        var papers = File.ReadLines(RealData.Path("week", $"{day}.jsonl")).Select(Read).DistinctBy(paper => paper.WorkKey).ToList();
        var profiles = RealProfiles.Texts();
        var index = new ProfileIndex();
        for (var reader = 0; reader < profiles.Count; reader++)
            index.Add(reader, Profile.Parse(profiles[reader]));
        // Some readers want a hundred papers: their mails are full.
        static int Cap(long reader) => reader % 10 == 0 ? 100 : 20;
        var found = index.Run(papers, Cap, null).ToDictionary(hit => hit.Key, hit => (Best: hit.Explain(Profile.Parse(profiles[(int)hit.Key]), Cap(hit.Key)), hit.Matched));
        for (var reader = 0; reader < profiles.Count; reader++)
        {
            var (best, matched) = found.TryGetValue(reader, out var own) ? own : ([], 0);
            Check(Issue(reader, day, profiles[reader], best, matched, papers.Count));
        }
        Assert.True(found.Count > 70, $"only {found.Count} issues");
    }

    private static void Check(Issue issue)
    {
        var mail = Rendering.Render(issue, "Digest", Doors);
        var why = $"reader {issue.SubscriberId}, {issue.LocalDate:yyyy-MM-dd}, {issue.Choices.Count} papers: ";
        Assert.True(mail.HtmlPart.FitsLines && mail.TextPart.FitsLines, why + "a line over 998 octets");
        Assert.True(Encoded(mail.HtmlPart) < 95_000, why + $"{Encoded(mail.HtmlPart)} octets");
        Assert.DoesNotMatch(External(), mail.Html);

        var shown = issue.Choices.Where((_, i) => mail.Shown[i] != ShownAs.Not).Select(choice => choice.Paper.Url!).ToHashSet();
        var inText = Page().Matches(mail.Text).Select(match => match.Value).ToList();
        var inHtml = Title().Matches(mail.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.True(inText.SequenceEqual(inHtml), why + "the parts differ");
        Assert.True(shown.SetEquals(inText) && shown.Count == inText.Count, why + "a paper is missing or twice");

        var allowed = issue.Choices.SelectMany(choice => new[] { choice.Paper.Url!, choice.Paper.PdfUrl! }).Append(Doors.UnsubscribeUrl).ToHashSet();
        foreach (var link in Href().Matches(mail.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)))
            Assert.True(allowed.Contains(link) || link.StartsWith("mailto:" + Doors.ReplyTo + "?subject=", StringComparison.Ordinal) || FromAbstract(issue, link), why + link);

        foreach (var command in Command().Matches(mail.Text).Select(match => match.Groups[1].Value))
            Assert.False(Known.Contains(command) && !issue.Reader.Interests.Any(line => line.Contains("\\" + command, StringComparison.Ordinal)), why + "\\" + command);
        Assert.DoesNotMatch(Entity(), Address().Replace(mail.Text, ""));
    }

    private static bool FromAbstract(Issue issue, string link) => issue.Choices.Any(choice =>
        choice.Paper.Abstract.Contains(link.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) || choice.Paper.Abstract.Contains(Uri.UnescapeDataString(link).TrimEnd('/'), StringComparison.OrdinalIgnoreCase));

    /// <summary>Octets on the wire in the larger of the two encodings that a server without 8BITMIME gets.</summary>
    private static int Encoded(MailPart part)
    {
        var octets = part.Octets.ToArray();
        var encoder = new QuotedPrintableEncoder(76);
        var output = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, output);
        return Math.Max(length + output.AsSpan(0, length).Count((byte)'\n'), octets.Length * 78 / 57);
    }

    private static readonly HashSet<string> Known =
    [
        .. File.ReadLines(Path.Combine(Repository.Folder, "src", "Digest.Worker", "Papers", "Text", "Tables", "commands.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split((char[])[' ', '\t'])[0].TrimStart('\\')),
    ];

    private static Issue Issue(int reader, string day, string profile, IReadOnlyList<Digest.Worker.Matching.Match> best, int matched, int announced) => new()
    {
        SubscriberId = reader,
        DueAt = DateTimeOffset.UnixEpoch,
        ComposedAt = DateTimeOffset.UnixEpoch,
        LocalDate = DateOnly.Parse(day, CultureInfo.InvariantCulture),
        Reader = new IssueReader("reader@example.org", null, SampleMails.Languages[reader % 6], profile.Split('\n'), "daily", 7, "Europe/Berlin"),
        Trending = false,
        Choices = [.. best.GroupBy(match => match.Reason.Interest).SelectMany(group => group)],
        Receipt = new Receipt(announced, null, matched, best.Count, 0, []),
    };

    private static Paper Read(string line, int number)
    {
        using var json = JsonDocument.Parse(line);
        var paper = json.RootElement;
        var id = paper.GetProperty("id").GetString()!;
        return new Paper
        {
            Id = number + 1,
            WorkKey = "arxiv:" + id,
            Title = ReadableText.Title(paper.GetProperty("title").GetString()!),
            Abstract = ReadableText.Abstract(paper.GetProperty("abstract").GetString()!),
            Authors = [.. paper.GetProperty("authors").EnumerateArray().Select(value => ReadableText.Title(value.GetString()!))],
            Categories = [.. paper.GetProperty("categories").EnumerateArray().Select(value => value.GetString()!)],
            Announced = new DateOnly(2026, 1, 26),
            Url = $"https://papers.example.org/abs/{id}",
            PdfUrl = $"https://papers.example.org/pdf/{id}",
        };
    }

    [GeneratedRegex("<img|<link|<script|<iframe|\\ssrc=|@import|url\\(|@font-face", RegexOptions.IgnoreCase)]
    private static partial Regex External();

    [GeneratedRegex("(?<=\n    )https://papers\\.example\\.org/abs/\\S+")]
    private static partial Regex Page();

    [GeneratedRegex("<h3[^>]*>.*?<a href=\"([^\"]+)\"", RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("\\\\([A-Za-z]+)")]
    private static partial Regex Command();

    [GeneratedRegex("&(amp|lt|gt|quot|apos|nbsp|#[0-9]+);")]
    private static partial Regex Entity();

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Address();
}
