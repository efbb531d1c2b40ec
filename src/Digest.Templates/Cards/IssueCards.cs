using System.Globalization;
using Digest.Templates.Issues;
using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>The finished cards of one issue with the values of its reader.</summary>
internal sealed class IssueCards(IssueModel issue, CardShelf shelf, Desk desk) : ICardSizes
{
    private static readonly ReaderValue[] Numbers =
        [.. Enumerable.Range(1, 100).Select(number => ReaderValue.ForText(number.ToString(CultureInfo.InvariantCulture)))];

    // All before the first is looked up: the look-ups wait for memory, and several can wait at once.
    private readonly UInt128[] _contents = Contents(issue.Papers, shelf);
    private readonly FinishedCard?[] _full = new FinishedCard?[issue.Papers.Count];
    private readonly FinishedCard?[] _compact = new FinishedCard?[issue.Papers.Count];
    private (string Interest, (ReaderValue Html, ReaderValue Text) Values) _last = ("", (ReaderValue.None, ReaderValue.None));

    public int Count => issue.Papers.Count;

    /// <summary>A card that cannot be shared was asked for: this issue has to be written as a whole.</summary>
    public bool Lacking { get; private set; }

    public int Size(int position, ShownAs shape) => EncodedSize.Of(Measure(position, shape));

    public TextMeasure Measure(int position, ShownAs shape) =>
        Find(position, shape)?.Html.Measure(Number(position), Interest(position).Html) ?? default;

    public bool FitsLines(int position, ShownAs shape) =>
        Find(position, shape)?.Html.FitsLines(Number(position), Interest(position).Html) ?? false;

    public void WriteHtml(OctetBuffer output, int position, ShownAs shape) =>
        Find(position, shape)?.Html.WriteTo(output, Number(position), Interest(position).Html);

    public void WriteText(OctetBuffer output, ref LineGap gap, int position, ShownAs shape) =>
        Find(position, shape)?.Text.WriteTo(output, ref gap, desk.Scratch, Number(position), Interest(position).Text);

    private static UInt128[] Contents(IReadOnlyList<IssuePaper> papers, CardShelf shelf)
    {
        var contents = new UInt128[papers.Count];
        for (var i = 0; i < contents.Length; i++)
            contents[i] = shelf.ContentOf(papers[i]);
        return contents;
    }

    private FinishedCard? Find(int position, ShownAs shape)
    {
        var cards = shape == ShownAs.Full ? _full : _compact;
        var card = cards[position] ??= shelf.Find(issue, position, _contents[position], shape, desk);
        Lacking |= card is null;
        return card;
    }

    private static ReaderValue Number(int position) =>
        position < Numbers.Length ? Numbers[position] : ReaderValue.ForText((position + 1).ToString(CultureInfo.InvariantCulture));

    private (ReaderValue Html, ReaderValue Text) Interest(int position)
    {
        if (issue.Papers[position].Reason?.Interest is not { Length: > 0 } interest)
            return (ReaderValue.None, ReaderValue.None);
        // Papers of one interest stand together.
        if (ReferenceEquals(interest, _last.Interest))
            return _last.Values;
        if (!desk.Interests.TryGetValue(interest, out var values))
        {
            var shown = PaperView.Interest(interest);
            desk.Interests[interest] = values = (ReaderValue.ForHtml(shown, desk.Scratch), ReaderValue.ForText(shown));
        }

        _last = (interest, values);
        return values;
    }
}
