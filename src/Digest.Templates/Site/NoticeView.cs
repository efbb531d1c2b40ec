using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>A page with a heading and a sentence, as its template sees it.</summary>
internal static class NoticeView
{
    public static SiteContent Of(NoticeModel notice, Language language) =>
        new("site-notice.html.sbn", language.Plain($"site.{notice.Key}"), new ScriptObject { ["key"] = $"site.{notice.Key}" });
}
