using Digest.Templates.Issues;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Cards;

/// <summary>Finished cards: from the cache, or written with slots where a reader's own values come in.</summary>
internal sealed class CardShelf(TemplateSet templates, object? theme, CardCache cache)
{
    private static readonly string[] Files = ["card.html.sbn", "card.text.sbn", "row.html.sbn", "row.text.sbn"];

    /// <summary>Where a card's template does what only the whole writing can do, as file:line:column.</summary>
    public IReadOnlyList<string> Obstacles { get; } =
    [
        .. from file in Files
           let obstacle = Cacheable.Obstacle(templates[file].Script)
           where obstacle is not null
           select $"{templates[file].Name}:{obstacle.Span.Start.Line + 1}:{obstacle.Span.Start.Column + 1}",
    ];

    private readonly PaperPrints _prints = new();

    public UInt128 ContentOf(IssuePaper paper) => CardKey.ContentOf(paper, _prints.Of(paper));

    /// <param name="content">What <see cref="ContentOf"/> says of the paper.</param>
    /// <returns>Null where the card cannot be shared between readers.</returns>
    public FinishedCard? Find(IssueModel issue, int position, UInt128 content, ShownAs shape, Desk desk)
    {
        if (Obstacles.Count > 0)
            return null;
        var paper = issue.Papers[position];
        var digits = position < 9 ? 1 : position < 99 ? 2 : position < 999 ? 3 : 4;
        var key = new CardKey(content, desk.Html.Words, shape, AbstractLength.Of(issue, position, shape), digits);
        if (cache.Find(key) is { } found)
            return found;
        if (Write(paper, key, desk) is not { } card)
            return null;
        cache.Add(key, card);
        return card;
    }

    private FinishedCard? Write(IssuePaper paper, CardKey key, Desk desk)
    {
        if (HasSlots(paper))
            return null;
        if (paper.Reason is { Interest.Length: > 0 } reason)
            paper = paper with { Reason = reason with { Interest = Slot.Interest.ToString() } };
        var model = new ScriptObject
        {
            ["paper"] = PaperView.Of(paper, new string(Slot.Number, key.Digits), key.AbstractLength, key.Language),
            ["language"] = key.Language.Tag,
            ["theme"] = theme,
        };
        var name = key.Shape == ShownAs.Full ? "card" : "row";
        return Write(desk.Html, name + ".html.sbn", model) is { } html && Write(desk.Text, name + ".text.sbn", model) is { } text
            ? new FinishedCard(Pieces.Of(html), new TextPieces(text))
            : null;
    }

    private string? Write(MailContext context, string file, ScriptObject model)
    {
        (context.KeepsSlots, context.SlotMisplaced) = (true, false);
        try
        {
            var written = context.Render(templates[file], model).Value;
            return context.SlotMisplaced ? null : written;
        }
        finally
        {
            context.KeepsSlots = false;
        }
    }

    private static bool HasSlots(IssuePaper paper) =>
        Slot.AnyIn(paper.Id) || Slot.AnyIn(paper.Title) || Slot.AnyIn(paper.Abstract) || Slot.AnyIn(paper.Language)
        || paper.Authors.Any(author => Slot.AnyIn(author)) || paper.Categories.Any(category => Slot.AnyIn(category));
}
