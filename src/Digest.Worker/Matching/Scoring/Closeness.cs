using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>When words without quotation marks belong together.</summary>
internal static class Closeness
{
    /// <summary>From so many words on a line is a description: most of its words are enough, wherever they stand.</summary>
    public const int Description = 4;

    /// <summary>How many other words may stand between neighbours of a description.</summary>
    public const int PairDistance = 1;

    /// <summary>How many other words may stand between the outer two of <paramref name="words"/> words.</summary>
    public static int Distance(int words) => 2 * words;

    /// <summary>How many of a description's words a paper must have to come into an issue: two thirds.</summary>
    public static int Needed(int words) => ((2 * words) + 2) / 3;

    /// <summary>The occurrences that stand in a window holding every word; empty where there is none.</summary>
    public static List<Occurrence> Windows(IReadOnlyList<IReadOnlyList<Occurrence>> words, int distance)
    {
        var all = new List<(Occurrence At, int Word)>();
        for (var word = 0; word < words.Count; word++)
        {
            if (words[word].Count == 0)
            {
                return [];
            }

            foreach (var occurrence in words[word])
            {
                all.Add((occurrence, word));
            }
        }

        all.Sort((a, b) => (a.At.Field, a.At.First, a.Word).CompareTo((b.At.Field, b.At.First, b.Word)));
        var count = new int[words.Count];
        var (missing, first, taken) = (words.Count, 0, 0);
        var found = new List<Occurrence>();
        for (var last = 0; last < all.Count; last++)
        {
            missing -= count[all[last].Word]++ == 0 ? 1 : 0;
            while (first < last && !IsWithin(all[first].At, all[last].At, distance))
            {
                missing += --count[all[first++].Word] == 0 ? 1 : 0;
            }

            if (missing == 0)
            {
                for (taken = Math.Max(taken, first); taken <= last; taken++)
                {
                    found.Add(all[taken].At);
                }
            }
        }

        return found;
    }

    private static bool IsWithin(Occurrence first, Occurrence last, int distance) =>
        first.Field == last.Field && last.First - first.Last - 1 <= distance;
}
