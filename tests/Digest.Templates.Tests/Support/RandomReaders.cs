namespace Digest.Templates.Tests.Support;

/// <summary>Readers of one day's papers, each with interests, order and hits of their own; the same for the same seed.</summary>
internal sealed class RandomReaders(int seed)
{
    private static readonly string[] Languages = ["en", "en", "de", "fr", "es", "zh", "ja"];

    private static readonly string[] Words =
        "graph neural network learns to predict α-helical structure of sparse proteins 潮汐 from noisy data; e.g. naïve priors <b> & \"so\" on = x².".Split(' ');

    private readonly Random _random = new(seed);
    private readonly IssuePaper[] _day = [.. Enumerable.Range(1, 40).Select(i => Paper(new Random(i), i))];

    public IssueModel Issue()
    {
        var papers = _random.Next(6) == 0 ? _random.Next(0, 4) : _random.Next(4, 32);
        var interests = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Text(_random, _random.Next(1, 30))).ToArray();
        var trending = _random.Next(8) == 0;
        return Samples.FullIssue(Languages[_random.Next(Languages.Length)]) with
        {
            Date = new DateOnly(2026, 1, 1).AddDays(_random.Next(300)),
            Trending = trending,
            Interests = interests,
            HeldOver = _random.Next(3),
            Receipt = _random.Next(4) == 0 ? null : new IssueReceipt(_random.Next(3000), _random.Next(2) == 0 ? null : 12, papers, papers, 0, []),
            Papers = [.. Enumerable.Range(0, papers).Select(_ => Chosen(interests, trending))],
            Footer = Samples.Footer with { Recipient = $"reader{_random.Next(1000)}@example.org" },
        };
    }

    private IssuePaper Chosen(string[] interests, bool trending)
    {
        var paper = _day[_random.Next(_day.Length)];
        if (_random.Next(10) == 0)
            paper = paper with { FollowedAuthors = [_random.Next(paper.Authors.Count)] };
        if (_random.Next(10) == 0)
            paper = paper with { Upvotes = _random.Next(50), Title = paper.Title + " v2" };
        return trending ? paper : paper with
        {
            Reason = new IssueReason(
                interests[_random.Next(interests.Length)],
                _random.Next(10) switch { < 4 => "title", < 8 => "abstract", 8 => "author", _ => "category" },
                [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new TextRange(_random.Next(2) == 0 ? "title" : "abstract", _random.Next(900), _random.Next(3, 15)))]),
        };
    }

    private static IssuePaper Paper(Random random, int number) => Samples.Paper(number, Text(random, random.Next(2, 25))) with
    {
        Abstract = string.Join(' ', Enumerable.Range(0, random.Next(0, 14)).Select(_ => "T" + Text(random, random.Next(3, 30)) + ".")),
        Authors = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => $"Author{i} {Text(random, 1)}")],
        AnnounceType = random.Next(4) == 0 ? "cross" : "new",
        CodeUrl = random.Next(4) == 0 ? "https://code.example.org/a?b=1&c=2" : null,
    };

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
