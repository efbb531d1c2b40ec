using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>When words without quotation marks belong together.</summary>
internal sealed class Closeness
{
    /// <summary>How many other words may stand between neighbours of a description.</summary>
    public const int PairDistance = 1;

    /// <summary>How much of a description's rarity the words in the paper must carry besides: "learning" and "robots" are not "legged robots".</summary>
    public const double NeededRarity = 0.6;

    private readonly List<(Occurrence At, int Word)> _all = [];
    private int[] _count = [];
    private int _words;

    /// <summary>How many other words may stand between the outer two of <paramref name="words"/> words.</summary>
    public static int Distance(int words) => 2 * words;

    /// <summary>How many of a description's words a paper must have to come into an issue: two thirds.</summary>
    public static int Needed(int words) => ((2 * words) + 2) / 3;

    public void Begin()
    {
        _all.Clear();
        _words = 0;
    }

    /// <summary>The places of the next word.</summary>
    public void Add(ReadOnlySpan<Occurrence> places)
    {
        foreach (var place in places)
        {
            _all.Add((place, _words));
        }

        _words++;
    }

    /// <summary>Whether some window of one field holds every word, at most <paramref name="distance"/> other words between its outer two.</summary>
    /// <param name="into">Gets every place that stands in such a window, once; null stops at the first window.</param>
    public bool FindWindows(int distance, List<Occurrence>? into)
    {
        _all.Sort(static (a, b) =>
        {
            var order = a.At.Field.CompareTo(b.At.Field);
            order = order != 0 ? order : a.At.First.CompareTo(b.At.First);
            return order != 0 ? order : a.Word.CompareTo(b.Word);
        });
        if (_count.Length < _words)
        {
            _count = new int[_words];
        }

        Array.Clear(_count, 0, _words);
        var (missing, first, taken, found) = (_words, 0, 0, false);
        for (var last = 0; last < _all.Count; last++)
        {
            missing -= _count[_all[last].Word]++ == 0 ? 1 : 0;
            while (first < last && !IsWithin(_all[first].At, _all[last].At, distance))
            {
                missing += --_count[_all[first++].Word] == 0 ? 1 : 0;
            }

            if (missing > 0)
            {
                continue;
            }

            found = true;
            if (into is null)
            {
                return true;
            }

            for (taken = Math.Max(taken, first); taken <= last; taken++)
            {
                into.Add(_all[taken].At);
            }
        }

        return found;
    }

    private static bool IsWithin(Occurrence first, Occurrence last, int distance) =>
        first.Field == last.Field && last.First - first.Last - 1 <= distance;
}
