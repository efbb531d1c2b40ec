using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>
/// arXiv's feeds and archive and Hugging Face's list over HTTP, with their bad days: on the 5th
/// cs.LG is stale until 05:00 New York time and on the 25th until 09:00, on
/// the 10th and 11th arXiv is down, the batch of the 19th comes at 09:00, on the 23rd the first questions are answered with 429.
/// </summary>
internal sealed class PlayedProviders(PlayedMonth month, TimeProvider clock)
{
    private const int PageSize = 15;
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private int refusals = 2;

    /// <summary>Every paper that a provider has shown, in the order of the first time: what we must have, told by the other side.</summary>
    public List<Shown> Shown { get; } = [];

    private void Show(string id, IEnumerable<string> categories, bool full)
    {
        if (Shown.Find(shown => shown.Id == id) is not { } known)
            Shown.Add(known = new Shown(id, clock.GetUtcNow()));
        foreach (var category in categories.Where(category => !known.Categories.Contains(category)))
            known.Categories.Add(category);
        known.Full |= full;
    }

    private DateTime Local => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), NewYork).DateTime;

    /// <summary>On the 5th until 05:00 there, before the deadline; on the 25th until 09:00, after it.</summary>
    private bool IsStale(string category) => category == "cs.LG" && (Today.Day == 5 && Local.Hour < 5 || Today.Day == 25 && Local.Hour < 9);

    private DateOnly Today => DateOnly.FromDateTime(Local);

    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/api", StringComparison.Ordinal))
            return context.Response.WriteAsync(HuggingFace(DateOnly.Parse(context.Request.Query["date"]!, CultureInfo.InvariantCulture)));
        if (Today is { Month: 3, Day: 10 or 11 })
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("down");
        }
        if (Today.Day == 23 && refusals-- > 0)
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync("Rate exceeded.");
        }
        return path.StartsWith("/oai", StringComparison.Ordinal) ? context.Response.WriteAsync(Oai(context.Request.Query)) : Conditional(context, Rss(path[(path.LastIndexOf('/') + 1)..].Split('+')));
    }

    private string Rss(string[] categories)
    {
        var shown = Today == new DateOnly(2026, 3, 19) && Local.Hour < 9 ? Today.AddDays(-1) : Today;
        var items = PlayedMonth.IsBatchDay(shown)
            ? categories.SelectMany(category => month.Items(category, IsStale(category) ? PlayedMonth.Before(shown, 1) : shown, shown)).DistinctBy(item => item.Split("oai:")[1].Split('<')[0] + item.Split("announce_type>")[1]).ToList()
            : [];
        foreach (var item in items)
            if (item.Contains(">new<", StringComparison.Ordinal) || item.Contains(">cross<", StringComparison.Ordinal))
                Show(item.Split("/abs/")[1].Split('<')[0], item.Split("<category>").Skip(1).Select(part => part.Split('<')[0]), full: true);
        return Feeds.Rss(PlayedPaper.Stamp(shown), [.. items]);
    }

    /// <summary>The archive gives one page at a time; what is announced later today is not in it.</summary>
    private string Oai(IQueryCollection query)
    {
        var (from, until, set, start) = query["resumptionToken"] is [{ } token] && token.Split('|') is [var f, var u, var s, var n]
            ? (f, u, s, int.Parse(n, CultureInfo.InvariantCulture))
            : (query["from"].ToString(), query["until"].ToString(), query["set"].ToString(), 0);
        var category = set[(set.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace(':', '.');
        var (first, last) = (DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(until, CultureInfo.InvariantCulture));
        var newest = Today == new DateOnly(2026, 3, 19) && Local.Hour < 9 ? Today.AddDays(-1) : Today;
        var records = month.Papers.Where(paper => paper.Categories.Contains(category) && paper.Day >= first && paper.Day <= last && paper.Day <= newest)
            .Select(paper => Record(paper.Id, paper.Title, paper.Abstract, paper.Categories, paper.Day, paper.Day.AddDays(-2)))
            .Append(Record($"1802.{first.Day:00000}", "An old paper that was edited", "We study a thing.", [category], first, new DateOnly(2018, 2, 1))).ToList();
        var page = records.Skip(start).Take(PageSize).ToList();
        foreach (var paper in month.Papers.Where(paper => page.Any(record => record.Contains($"oai:arXiv.org:{paper.Id}<", StringComparison.Ordinal))))
            Show(paper.Id, paper.Categories, full: true);
        var next = start + PageSize < records.Count ? $"<resumptionToken>{from}|{until}|{set}|{start + PageSize}</resumptionToken>" : "<resumptionToken/>";
        return $"""
            <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{clock.GetUtcNow():s}Z</responseDate>
            <ListRecords>{string.Concat(page)}{next}</ListRecords></OAI-PMH>
            """;
    }

    private static string Record(string id, string title, string text, IReadOnlyList<string> categories, DateOnly stamp, DateOnly submitted) =>
        $"""
        <record><header><identifier>oai:arXiv.org:{id}</identifier><datestamp>{stamp:O}</datestamp></header><metadata>
        <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{id}</id><version version="v1"><date>{submitted.ToDateTime(new TimeOnly(15, 0)).ToString("r", CultureInfo.InvariantCulture)}</date></version>
        <title>{System.Security.SecurityElement.Escape(title)}</title><authors>Ada Lovelace and Émilie du Châtelet</authors><categories>{string.Join(' ', categories)}</categories><abstract>{System.Security.SecurityElement.Escape(text)}</abstract></arXivRaw></metadata></record>
        """;

    /// <summary>Some papers of the day before with their votes, one that is ten batches old, and one that arXiv's three categories do not have.</summary>
    private string HuggingFace(DateOnly day)
    {
        if (!PlayedMonth.IsBatchDay(day))
            return "[]";
        var listed = month.Of(PlayedMonth.Before(day, 1)).Take(5).Concat(month.Of(PlayedMonth.Before(day, 10)).Skip(7).Take(1)).Select(paper => (paper.Id, paper.Title)).Append(Foreign(day)).ToList();
        foreach (var paper in listed)
            Show(paper.Item1, [], full: false);
        return $"[{string.Join(',', listed.Select(paper => $$$"""{"paper":{"id":"{{{paper.Item1}}}","title":{{{System.Text.Json.JsonSerializer.Serialize(paper.Item2)}}},"upvotes":{{{Local.Hour + 1}}},"authors":[]}}"""))}]";
    }

    public static (string Id, string Title) Foreign(DateOnly day) => ($"2603.9{day.Day:0000}", $"A paper of another field, voted for on day {day.Day}");

    private static Task Conditional(HttpContext context, string body)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 8))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }
        return context.Response.WriteAsync(body);
    }
}

/// <summary>A paper that a provider has shown us.</summary>
internal sealed class Shown(string id, DateTimeOffset at)
{
    public string Id { get; } = id;

    /// <summary>The first time.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>All that it was shown with so far.</summary>
    public List<string> Categories { get; } = [];

    /// <summary>With its abstract.</summary>
    public bool Full { get; set; }
}
