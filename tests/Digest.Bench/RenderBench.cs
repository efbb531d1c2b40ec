using System.Globalization;
using System.Text.Json;
using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Bench;

/// <summary>
/// <c>render [ISSUES]</c>: issues of 20 papers from the stored choice to the two parts as octets, for readers who share a day's papers and
/// differ in everything else. CPU of the whole process, one thread. The last line is JSON.
/// </summary>
internal static class RenderBench
{
    private const int PapersInIssue = 20;
    private const int PapersOfDay = 200;
    private const int Readers = 1_000;
    private const int Batch = 4;

    private static readonly string[] Words =
        "graph neural network learns to predict the structure of sparse α-helical proteins from noisy data with naïve priors and gradient free search over large language models".Split(' ');

    private static readonly string[] Topics = ["graph neural network", "sparse α-helical proteins", "large language models", "noisy data -survey", "\"gradient free\" or search"];

    public static int Run(string[] args)
    {
        var issues = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 20_000;
        var papers = Enumerable.Range(1, PapersOfDay).Select(Paper).ToArray();
        Issue Fresh(int i) => Issue(i % Readers, papers);
        Warm(Fresh);
        var templates = MailTemplates.Load(null);
        var rendering = new IssueRendering(templates);
        RenderedMail Spliced(Issue issue) => rendering.Render(issue, "Digest", Doors(issue.SubscriberId));
        var first = Measure(Spliced, Fresh, Readers);
        Measure(Spliced, Fresh, issues);
        var settled = GC.GetTotalMemory(forceFullCollection: true);
        var rounds = Enumerable.Range(0, 5).Select(_ => Measure(Spliced, Fresh, issues)).OrderBy(round => round.Microseconds).ToArray();
        var growth = GC.GetTotalMemory(forceFullCollection: true) - settled;
        var mail = rendering.Render(Fresh(0), "Digest", Doors(1));
        Console.WriteLine(string.Join(", ", rounds.Select(round => round.Microseconds.ToString("F1", CultureInfo.InvariantCulture))) + " us of CPU an issue in each round");
        // The same without finished cards and programs, for the comparison: a busy machine slows both.
        var interpreted = MailTemplates.LoadInterpreted(null);
        RenderedMail Whole(Issue issue) => interpreted.RenderWhole(IssueRendering.Model(issue, "Digest", Doors(issue.SubscriberId)));
        Measure(Whole, Fresh, 1_000);
        var whole = Measure(Whole, Fresh, 2_000);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            issues = issues * rounds.Length,
            papers = PapersInIssue,
            cpu_us_per_issue = Math.Round(rounds[rounds.Length / 2].Microseconds, 1),
            cpu_us_per_issue_first_day = Math.Round(first.Microseconds, 1),
            cpu_us_per_issue_interpreted_whole = Math.Round(whole.Microseconds, 1),
            allocated_per_issue = rounds[0].Allocated,
            heap_growth = growth,
            heap_mb = settled / 1_000_000,
            html_octets = mail.HtmlPart.Octets.Length,
            text_octets = mail.TextPart.Octets.Length,
        }));
        return 0;
    }

    // So that the first issues of the cold cache are not charged with the compiler's work.
    private static void Warm(Func<int, Issue> fresh)
    {
        for (var i = 0; i < 20; i++)
        {
            var rendering = new IssueRendering(MailTemplates.Load(null));
            Measure(issue => rendering.Render(issue, "Digest", Doors(issue.SubscriberId)), fresh, 200);
        }
    }

    // A new issue and new choices for each reader, as they come from the store just before they are rendered; the making of them is not counted. The
    // papers are the same objects in all issues, as PaperShelf hands them out.
    private static (double Microseconds, long Allocated) Measure(Func<Issue, RenderedMail> render, Func<int, Issue> fresh, int issues)
    {
        var (spent, allocated, octets) = (TimeSpan.Zero, 0L, 0L);
        for (var done = 0; done < issues; done += Batch)
        {
            var batch = Enumerable.Range(done, Batch).Select(fresh).ToArray();
            var (before, allocatedBefore) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            foreach (var issue in batch)
            {
                var mail = render(issue);
                octets += mail.HtmlPart.Octets.Length + mail.TextPart.Octets.Length;
            }

            spent += Environment.CpuUsage.TotalTime - before;
            allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }

        return octets == 0 ? default : (spent.TotalMicroseconds / issues, allocated / issues);
    }

    private static MailFooter Doors(long reader) => new()
    {
        Recipient = $"reader{reader}@example.org",
        ReplyTo = $"digest+r-{reader:00000000}@example.org",
        UnsubscribeUrl = $"https://digest.example.org/u/{reader:00000000}",
        PostalAddress = "Example Society, 1 Sample Street, 12345 Sampletown",
    };

    private static Issue Issue(int reader, Paper[] papers)
    {
        var random = new Random(reader);
        string[] interests = [Topics[random.Next(Topics.Length)], Topics[random.Next(Topics.Length)], $"own words of reader {reader}"];
        var chosen = random.GetItems(papers, PapersInIssue * 2).Distinct().Take(PapersInIssue);
        return new Issue
        {
            SubscriberId = reader,
            DueAt = new DateTimeOffset(2026, 1, 27, 7, 0, 0, TimeSpan.Zero),
            ComposedAt = new DateTimeOffset(2026, 1, 27, 7, 0, 0, TimeSpan.Zero),
            LocalDate = new DateOnly(2026, 1, 27),
            Reader = new IssueReader($"reader{reader}@example.org", null, "en", interests, "daily", 7, "Europe/Berlin"),
            Trending = false,
            Receipt = new Receipt(1214, 186, 25, PapersInIssue, 5, []),
            Choices = [.. chosen.Select(paper => Match(paper, interests[random.Next(interests.Length)])).GroupBy(match => match.Reason.Interest).SelectMany(group => group)],
        };
    }

    private static Match Match(Paper paper, string interest)
    {
        var word = interest.Split(' ')[0].Trim('"');
        var hits = new List<Hit>();
        for (var at = paper.Abstract.IndexOf(word, StringComparison.Ordinal); at >= 0; at = paper.Abstract.IndexOf(word, at + 1, StringComparison.Ordinal))
            hits.Add(new Hit("abstract", at, word.Length));
        return new Match(paper, 1, new Reason(interest, "abstract", hits, new Dictionary<string, double>()));
    }

    private static Paper Paper(int number)
    {
        var random = new Random(number);
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        return new Paper
        {
            Id = number,
            WorkKey = $"arxiv:2601.{number:00000}",
            Title = Text(12),
            Abstract = string.Join(' ', Enumerable.Range(0, 9).Select(_ => "The " + Text(21) + ".")),
            Authors = ["Zoë Ångström", "B. Author", "C. Author", "D. Author", "E. Author", "F. Author", "G. Author"],
            Categories = ["cs.LG", "q-bio.BM"],
            Announced = new DateOnly(2026, 1, 27),
            Url = $"https://arxiv.example.org/abs/2601.{number:00000}",
            PdfUrl = $"https://arxiv.example.org/pdf/2601.{number:00000}",
        };
    }
}
