using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>
/// When words without quotation marks belong together: there is a place of one of them from which, going on, each of the others comes before
/// too many other words do (and before the sentence ends, where sentences count).
/// </summary>
internal sealed class Closeness(IPlaces places)
{
    /// <summary>How many other words may stand between neighbours of a description.</summary>
    public const int PairDistance = 1;

    /// <summary>How much of a description's rarity the words in the paper must carry besides: "learning" and "robots" are not "legged robots".</summary>
    public const double NeededRarity = 0.6;

    private readonly List<(Occurrence From, int Limit)> _windows = [];
    private int[] _next = new int[8];

    /// <summary>How many other words may stand between the outer two of <paramref name="words"/> words.</summary>
    public static int Distance(int words) => 2 * words;

    /// <summary>How many of a description's words a paper must have to come into an issue: two thirds.</summary>
    public static int Needed(int words) => ((2 * words) + 2) / 3;

    /// <summary>Whether the words stand together somewhere.</summary>
    /// <param name="words">The places of each word; none is empty.</param>
    /// <param name="distance">How many other words may stand between.</param>
    /// <param name="sentences">The paper, where a sentence's end parts words; null where it does not.</param>
    /// <param name="into">Gets every place that stands in such a window, once for each word, the title's first; null stops at the first window.</param>
    public bool Find(ReadOnlySpan<PlaceRun> words, int distance, PaperShape? sentences, List<Occurrence>? into)
    {
        if (words.Length == 2 && into is null)
        {
            return AreNear(places.At(words[0]), places.At(words[1]), distance + 1, sentences);
        }

        if (_next.Length < words.Length)
        {
            _next = new int[words.Length];
        }

        _windows.Clear();
        foreach (var word in words)
        {
            Array.Clear(_next, 0, words.Length);
            foreach (ref readonly var from in places.At(word))
            {
                if (!ComeTogether(from, words, distance, sentences))
                {
                    continue;
                }

                if (into is null)
                {
                    return true;
                }

                _windows.Add((from, from.Last + 1 + distance));
            }
        }

        if (_windows.Count > 0)
        {
            Collect(Fields.Title, words, sentences, into!);
            Collect(Fields.Abstract, words, sentences, into!);
        }

        return _windows.Count > 0;
    }

    /// <summary>The same for two words, in one walk along both lists.</summary>
    private static bool AreNear(ReadOnlySpan<Occurrence> left, ReadOnlySpan<Occurrence> right, int reach, PaperShape? sentences)
    {
        var (l, r) = (0, 0);
        while (l < left.Length && r < right.Length)
        {
            ref readonly var from = ref left[l];
            ref readonly var to = ref right[r];
            if (IsBefore(to, from))
            {
                from = ref right[r++];
                to = ref left[l];
            }
            else
            {
                l++;
            }

            if (IsInside(to, from, from.Last + reach, sentences))
            {
                return true;
            }
        }

        return false;
    }

    private bool ComeTogether(in Occurrence from, ReadOnlySpan<PlaceRun> words, int distance, PaperShape? sentences)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var others = places.At(words[i]);
            ref var next = ref _next[i];
            while (next < others.Length && IsBefore(others[next], from))
            {
                next++;
            }

            if (next == others.Length || !IsInside(others[next], from, from.Last + 1 + distance, sentences))
            {
                return false;
            }
        }

        return true;
    }

    private void Collect(Fields field, ReadOnlySpan<PlaceRun> words, PaperShape? sentences, List<Occurrence> into)
    {
        foreach (var word in words)
        {
            foreach (var place in places.At(word))
            {
                foreach (var (from, limit) in CollectionsMarshal.AsSpan(_windows))
                {
                    if (place.Field == field && !IsBefore(place, from) && IsInside(place, from, limit, sentences))
                    {
                        into.Add(place);
                        break;
                    }
                }
            }
        }
    }

    private static bool IsBefore(in Occurrence place, in Occurrence other) =>
        place.Field < other.Field || (place.Field == other.Field && place.First < other.First);

    private static bool IsInside(in Occurrence place, in Occurrence from, int limit, PaperShape? sentences) =>
        place.Field == from.Field && place.First <= limit && (sentences is null || sentences.InOneSentence(place.Field, from.First, place.First));
}
