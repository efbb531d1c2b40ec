using System.Collections.Frozen;

namespace Digest.Worker.Matching.Reading;

/// <summary>Words that carry grammar, not subject: they count inside a phrase and nowhere else.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> All = (
        "a about after all also an and any are as at be been before being between both but by can could did do does during each etc for from "
        + "had has have he her his how i if in into is it its may more most much must no nor not of on or other our out over per she should "
        + "since so some such than that the their them then there these they this those through thu to too under until up upon via wa was we "
        + "were what when where whether which while who whose why will with within without would you your ha it").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> folded) => Lookup.Contains(folded);
}
