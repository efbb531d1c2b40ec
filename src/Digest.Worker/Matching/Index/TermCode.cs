using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>A term as a run of numbers. Terms that stand in the same places have the same run.</summary>
internal static class TermCode
{
    private const int Prefix = 1;
    private const int Cased = 2;
    private const int Stem = 4;

    public static void Write(Term term, List<int> run)
    {
        run.Add((term.IsPrefix ? Prefix : 0) | (term.Cased is null ? 0 : Cased) | (term.Stem is null ? 0 : Stem) | (term.WordCount << 8));
        run.Add(term.Stem ?? term.Key);
        if (term.Cased is { } cased)
        {
            run.Add(cased);
        }

        for (var i = 0; i < term.WordCount - 1; i++)
        {
            run.Add(term.Word(i).Length);
        }
    }

    public static Term Read(ReadOnlySpan<int> run, int number)
    {
        var header = NumberRun.Take(ref run);
        var key = NumberRun.TakeText(ref run);
        return (header & Stem) != 0
            ? Term.OfStem(key, number)
            : Term.OfParts(key, (header & Cased) == 0 ? null : NumberRun.TakeText(ref run), (header & Prefix) != 0, run[..((header >> 8) - 1)], number);
    }

    /// <summary>One word whose letters are all there is to compare.</summary>
    public static bool IsPlainWord(ReadOnlySpan<int> run) => run[0] == 1 << 8;
}
