using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>The form, as its template sees it.</summary>
internal static class SubscribeView
{
    public static SiteContent Of(SubscribeModel form, Language language) => new("site-subscribe.html.sbn", language.Plain("site.subscribe"), new ScriptObject
    {
        ["address"] = form.Address,
        ["proof"] = form.Proof,
        ["problems"] = new ScriptArray(form.Problems),
    })
    { Wish = form.Wish, Preview = form.Preview, Proposals = form.Proposals };
}
