using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates;

/// <summary>Puts a mail's content between the head and the foot that all mails share.</summary>
internal sealed class Frame(TemplateSet templates, MailTheme theme)
{
    /// <summary>Not yet held to the limit of a line; to be taken back by the context.</summary>
    /// <param name="content">The name of the content's own template.</param>
    /// <param name="model">What that template sees; the frame sees it too.</param>
    public Markup Html(HtmlContext context, string content, ScriptObject model) => Write(context, content + ".html.sbn", "footer.html.sbn", "mail.html.sbn", model);

    /// <summary>Not yet folded; to be taken back by the context.</summary>
    /// <param name="content">The name of the content's own template.</param>
    /// <param name="model">What that template sees; the frame sees it too.</param>
    public Markup Text(TextContext context, string content, ScriptObject model) => Write(context, content + ".text.sbn", "footer.text.sbn", "mail.text.sbn", model);

    private Markup Write(MailContext context, string contentFile, string footerFile, string mailFile, ScriptObject model)
    {
        var content = context.Lend(templates[contentFile], model);
        var footer = context.Lend(templates[footerFile], model);
        (model["content"], model["footer_part"]) = (content, footer);
        var mail = context.Lend(templates[mailFile], model);
        context.TakeBack(content);
        context.TakeBack(footer);
        return mail;
    }

    /// <summary>The theme as templates see it.</summary>
    public ScriptObject Theme { get; } = new()
    {
        ["accent"] = theme.Accent,
        ["accent_dark"] = theme.AccentDark,
        IsReadOnly = true,
    };

    public ScriptObject Model(string subject, string siteName, string language) => new(16)
    {
        ["subject"] = subject,
        ["site_name"] = siteName,
        ["logo_text"] = theme.LogoText ?? siteName,
        ["language"] = language,
        ["preheader"] = "",
        ["theme"] = Theme,
    };
}
