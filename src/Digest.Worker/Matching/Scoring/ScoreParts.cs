using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Digest.Worker.Matching.Scoring;

/// <summary>
/// The parts of a score in their order, those that are 0 left out: a handful, so that a table to look them up in, or a list of names and values, would be most of
/// what a match takes.
/// </summary>
internal sealed class ScoreParts(Finding finding, double also, double votes) : IReadOnlyDictionary<string, double>
{
    private static readonly string[] Named = [Explanation.Title, Explanation.Abstract, "phrase", Explanation.Author, Explanation.Category, "also", "votes"];

    /// <summary>The names of the parts by their places, those that are 0 too.</summary>
    public static IReadOnlyList<string> Names => Named;

    public int Count
    {
        get
        {
            var count = 0;
            for (var place = 0; place < Named.Length; place++)
            {
                count += Value(place) != 0 ? 1 : 0;
            }

            return count;
        }
    }

    public IEnumerable<string> Keys => this.Select(part => part.Key);

    public IEnumerable<double> Values => this.Select(part => part.Value);

    public double this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The score has no part {key}.");

    /// <summary>Goes on to the next part, from -1 on.</summary>
    /// <returns>False at the end.</returns>
    public bool Next(ref int place, out string name, out double value)
    {
        while (++place < Named.Length)
        {
            (name, value) = (Named[place], Value(place));
            if (value != 0)
            {
                return true;
            }
        }

        (name, value) = ("", 0);
        return false;
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        var place = Array.IndexOf(Named, key);
        value = place < 0 ? 0 : Value(place);
        return value != 0;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (var place = -1; Next(ref place, out var name, out var value);)
        {
            yield return new(name, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private double Value(int place) => place switch
    {
        0 => finding.Score.Title,
        1 => finding.Score.Abstract,
        2 => finding.Score.Phrase,
        3 => finding.Score.Author,
        4 => finding.Score.Category,
        5 => also,
        _ => votes,
    };
}
