using Digest.Templates.Issues;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Cards;

/// <summary>Finished cards: from the cache, or written with slots where a reader's own values come in.</summary>
internal sealed class CardShelf(TemplateSet templates, object? theme, CardCache cache)
{
    private static readonly string[] Files = ["card.html.sbn", "card.text.sbn", "row.html.sbn", "row.text.sbn"];

    private readonly bool _usable = Files.All(file => Cacheable.Obstacle(templates[file].Script) is null);

    /// <returns>Null where the card cannot be shared between readers.</returns>
    public FinishedCard? Find(IssueModel issue, int position, ShownAs shape, Desk desk)
    {
        if (!_usable)
            return null;
        var paper = issue.Papers[position];
        var digits = Slot.Digits(position + 1);
        var key = new CardKey(paper, desk.Html.Words.Tag, shape, AbstractLength.Of(issue, position, shape), digits.Length);
        if (cache.Find(key) is { } found)
            return found;
        if (Write(key, digits, desk) is not { } card)
            return null;
        cache.Add(key, card);
        return card;
    }

    private FinishedCard? Write(CardKey key, string number, Desk desk)
    {
        if (HasSlots(key.Paper))
            return null;
        var paper = key.Paper.Reason is { Interest.Length: > 0 } reason
            ? key.Paper with { Reason = reason with { Interest = Slot.Interest.ToString() } }
            : key.Paper;
        var model = new ScriptObject
        {
            ["paper"] = PaperView.Of(paper, number, key.AbstractLength, desk.Html.Words),
            ["language"] = key.Language,
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
