using Digest.Templates.Languages;
using Digest.Templates.Output;

namespace Digest.Templates.Letters;

/// <summary>Writes every mail that is not an issue.</summary>
internal sealed class LetterRenderer(Frame frame, LanguageTable languages)
{
    public RenderedMail Render(LetterModel letter)
    {
        var language = languages.Find(letter.Language);
        var kind = letter.Kind.ToString().ToLowerInvariant();
        // An alarm tells in its subject what it is about: that line wakes somebody, or lets them sleep.
        var subject = CleanText.Of(language.Plain(kind + ".subject", letter.SiteName, letter.Lines is [var first, ..] ? first : ""));
        var model = frame.Model(subject, letter.SiteName, language.Tag);
        // A confirmation goes to somebody who may not have asked: nothing of what was typed in is shown.
        var interests = letter.Kind == LetterKind.Confirmation ? [] : letter.Interests;
        model["footer"] = FooterView.Of(letter.Footer, language, letter.SiteName, interests, 0);
        model["kind"] = kind;
        model["letter"] = LetterView.Of(letter, kind, language);

        var html = new HtmlContext(language);
        var htmlPart = LineLimit.Of(frame.Html(html, "letter", model).Value);
        var text = new TextContext(language);
        var textPart = TextWrap.Fold(frame.Text(text, "letter", model).Value);
        return new RenderedMail(subject, htmlPart, textPart);
    }
}
