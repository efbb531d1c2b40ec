using System.Globalization;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>The cards and rows of one issue, each written when it is first asked for.</summary>
internal sealed class PaperCards(
    TemplateSet templates, object? theme, IssueModel issue, Language language, HtmlContext html, TextContext text) : ICardSizes
{
    private readonly Dictionary<(int, ShownAs), Markup> _html = [];
    private readonly Dictionary<(int, ShownAs), Markup> _text = [];

    public int Count => issue.Papers.Count;

    public int Size(int position, ShownAs shape) => EncodedSize.Of(Html(position, shape).Value);

    public Markup Html(int position, ShownAs shape)
    {
        if (!_html.TryGetValue((position, shape), out var card))
            _html[(position, shape)] = card = Write(html, shape == ShownAs.Full ? "card.html.sbn" : "row.html.sbn", position, shape);
        return card;
    }

    public Markup Text(int position, ShownAs shape)
    {
        if (!_text.TryGetValue((position, shape), out var card))
            _text[(position, shape)] = card = Write(text, shape == ShownAs.Full ? "card.text.sbn" : "row.text.sbn", position, shape);
        return card;
    }

    private Markup Write(MailContext context, string file, int position, ShownAs shape)
    {
        var number = (position + 1).ToString(CultureInfo.InvariantCulture);
        var length = AbstractLength.Of(issue, position, shape);
        return context.Render(templates[file], new ScriptObject
        {
            ["paper"] = PaperView.Of(issue.Papers[position], number, length, language),
            ["language"] = language.Tag,
            ["theme"] = theme,
        });
    }
}
