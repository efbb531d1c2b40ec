using System.Globalization;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Learning;

/// <summary>
/// What a reader's thumbs taught, beside the profile: words that lift or lower the papers that have them, by at most three tenths of the score. They
/// bring no paper and hide none: what the profile hits in the title is never lowered, and keeps its place in an issue.
/// </summary>
internal sealed class LearnedWeights
{
    /// <summary>The most that one word weighs, and all words of a paper together.</summary>
    public const int Most = 3;

    /// <summary>The name of the part in the arithmetic.</summary>
    public const string Part = "learned";

    private const double Step = 0.1;

    private readonly ProfileIndex index = new();
    private readonly IReadOnlyList<(string Term, int Weight)> terms;

    /// <param name="terms">Words as the reader sees them, each with a weight from -3 to 3.</param>
    public LearnedWeights(IReadOnlyList<(string Term, int Weight)> terms)
    {
        this.terms = terms;
        for (var key = 0; key < terms.Count; key++)
            index.Add(key, Profile.Parse($"\"{terms[key].Term.Replace('"', ' ')}\""));
    }

    /// <summary>Reads <c>+ speculative decoding</c> and <c>-- survey</c>, one a line; the number of signs is the weight.</summary>
    public static LearnedWeights Parse(IEnumerable<string> lines) => new([.. lines.Select(line => line.Trim()).Where(line => line.Length > 1 && line[0] is '+' or '-').Select(line =>
    {
        var signs = line.TakeWhile(c => c == line[0]).Count();
        return (line[signs..].Trim(), Math.Min(signs, Most) * (line[0] == '+' ? 1 : -1));
    }).Where(term => term.Item1.Length > 0)]);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public static string Write(string term, int weight) => string.Create(CultureInfo.InvariantCulture, $"{new string(weight < 0 ? '-' : '+', Math.Abs(weight))} {term}");

    /// <summary>The same papers in the order that they have with what was learned; the part stands in each one's arithmetic.</summary>
    public List<Match> Over(IReadOnlyList<Match> matches)
    {
        var sums = Sums(matches);
        var moved = matches.Select(match => Moved(match, sums.GetValueOrDefault(match.Paper.Id))).ToList();
        moved.Sort(BestFirst.Order);
        return moved;
    }

    /// <summary>Chooses the papers of an issue.</summary>
    /// <param name="matches">Best first without what was learned.</param>
    /// <param name="count">How many come into the issue.</param>
    /// <returns>All of them, those that come first.</returns>
    public List<Match> Choose(IReadOnlyList<Match> matches, int count)
    {
        var moved = Over(matches);
        var kept = matches.Take(count).Where(IsExact).Select(match => match.Paper.Id).ToHashSet();
        var places = count - kept.Count;
        var chosen = moved.Where(match => kept.Contains(match.Paper.Id) || places-- > 0).Take(count).ToList();
        var ids = chosen.Select(match => match.Paper.Id).ToHashSet();
        return [.. chosen, .. moved.Where(match => !ids.Contains(match.Paper.Id))];
    }

    private static bool IsExact(Match match) => match.Reason.Field == Explanation.Title;

    private static Match Moved(Match match, int sum)
    {
        var part = Math.Clamp(sum, IsExact(match) ? 0 : -Most, Most) * Step * match.Score;
        return part == 0 ? match : match with { Score = match.Score + part, Reason = match.Reason with { Parts = new Dictionary<string, double>(match.Reason.Parts) { [Part] = part } } };
    }

    private Dictionary<long, int> Sums(IReadOnlyList<Match> matches)
    {
        var sums = new Dictionary<long, int>();
        foreach (var found in index.Run([.. matches.Select(match => new PaperReading(match.Paper))], _ => matches.Count, null, null))
            for (var place = 0; place < found.Count; place++)
                sums[found.Paper(place).Id] = sums.GetValueOrDefault(found.Paper(place).Id) + terms[(int)found.Key].Weight;
        return sums;
    }
}
