using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates;

/// <summary>Puts a mail's content between the head and the foot that all mails share.</summary>
internal sealed class Frame(TemplateSet templates, MailTheme theme)
{
    /// <summary>Not yet held to the limit of a line.</summary>
    /// <param name="model">What the content's own template saw; the frame sees it too.</param>
    public string Html(HtmlContext context, ScriptObject model, Markup content)
    {
        model["content"] = content;
        model["footer_part"] = context.Render(templates["footer.html.sbn"], model);
        return context.Render(templates["mail.html.sbn"], model).Value;
    }

    /// <summary>Not yet folded.</summary>
    public string Text(TextContext context, ScriptObject model, Markup content)
    {
        model["content"] = content;
        model["footer_part"] = context.Render(templates["footer.text.sbn"], model);
        return context.Render(templates["mail.text.sbn"], model).Value;
    }

    /// <summary>The theme as templates see it.</summary>
    public ScriptObject Theme { get; } = new()
    {
        ["accent"] = theme.Accent,
        ["accent_dark"] = theme.AccentDark,
        IsReadOnly = true,
    };

    public ScriptObject Model(string subject, string siteName, string language) => new()
    {
        ["subject"] = subject,
        ["site_name"] = siteName,
        ["logo_text"] = theme.LogoText ?? siteName,
        ["language"] = language,
        ["preheader"] = "",
        ["theme"] = Theme,
    };
}
