namespace Digest.Templates.Output;

/// <summary>
/// Characters that hold the place of what differs between readers while a card or an issue is written, taken from the private use
/// area: no text of a paper or reader keeps one (<see cref="CleanText"/>), so none can be mistaken for a slot.
/// </summary>
internal static class Slot
{
    /// <summary>One for each digit of a paper's number: whatever pads or measures the number sees its width.</summary>
    public const char Number = '\uE000';

    /// <summary>An interest as the reader wrote it.</summary>
    public const char Interest = '\uE001';

    /// <summary>How many papers an issue may have for their places to be told apart.</summary>
    public const int MostCards = 4_000;

    public const char FirstCard = '\uE100';

    public const char LastCard = (char)(FirstCard + MostCards - 1);

    private static readonly Markup[] Cards = [.. Enumerable.Range(0, 64).Select(position => new Markup(((char)(FirstCard + position)).ToString()))];

    /// <summary>The place of a paper, by its position in the issue.</summary>
    public static Markup Card(int position) => position < Cards.Length ? Cards[position] : new Markup(((char)(FirstCard + position)).ToString());

    /// <summary>The position of the paper whose place this is.</summary>
    public static int CardAt(char place) => place - FirstCard;

    public static bool IsReaders(char c) => c is Number or Interest;

    public static bool AnyIn(ReadOnlySpan<char> text) => text.ContainsAny(Number, Interest);
}
