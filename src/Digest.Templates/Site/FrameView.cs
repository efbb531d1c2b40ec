using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>Head and foot of a page, as the template sees them.</summary>
internal static class FrameView
{
    public static ScriptObject Of(SiteFrame frame, SiteContent content, Language language, IReadOnlyList<string> tags) => new()
    {
        ["language"] = language.Tag,
        ["title"] = content.Title,
        ["site_name"] = frame.SiteName,
        ["style_url"] = LocalLink.Of(frame.StyleUrl),
        ["language_asked"] = frame.LanguageAsked,
        // The search has a box of its own.
        ["has_search"] = content.Template != "site-search.html.sbn",
        ["subscribe_url"] = LocalLink.Of(frame.SubscribeUrl, frame),
        ["home_url"] = LocalLink.Of("/", frame),
        ["atom_url"] = LocalLink.Of(frame.AtomUrl, frame),
        ["json_url"] = LocalLink.Of(frame.JsonUrl, frame),
        ["is_private"] = frame.Private,
        ["languages"] = new ScriptArray(tags.Select(tag => new ScriptObject
        {
            ["tag"] = tag,
            ["name"] = NameOf(tag),
            ["url"] = LocalLink.Of(LocalLink.With(frame.Path, tag)),
            ["here"] = tag == language.Tag,
        })),
    };

    /// <summary>A language is looked for under its own name.</summary>
    public static string NameOf(string tag) => tag switch
    {
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "zh" => "中文",
        "ja" => "日本語",
        _ => tag,
    };
}
