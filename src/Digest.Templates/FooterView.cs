using System.Globalization;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates;

/// <summary>The foot of every mail, as the templates see it.</summary>
internal static class FooterView
{
    private const int MostInterests = 60;
    private const int LongestInterest = 200;

    public static ScriptObject Of(MailFooter footer, Language language, string siteName, IReadOnlyList<string> interests) => new()
    {
        ["recipient"] = footer.Recipient,
        ["cadence"] = Cadence(footer, language),
        ["interests"] = new ScriptArray(interests.Take(MostInterests).Select(interest => Issues.TextCut.At(interest, LongestInterest))),
        ["more_interests"] = Math.Max(0, interests.Count - MostInterests),
        ["unsubscribe_url"] = MailLink.Of(footer.UnsubscribeUrl),
        ["reply_to"] = footer.ReplyTo,
        ["unsubscribe_mail"] = MailLink.Reply(footer.ReplyTo, language.Plain("footer.command.unsubscribe")),
        ["commands"] = new ScriptArray(new[] { "more", "add", "pause", "help" }.Select(name => Command(footer, language, name))),
        ["postal_address"] = footer.PostalAddress,
        ["site_name"] = siteName,
    };

    private static ScriptObject Command(MailFooter footer, Language language, string name)
    {
        var text = language.Plain("footer.command." + name);
        return new ScriptObject { ["text"] = text, ["url"] = MailLink.Reply(footer.ReplyTo, text) };
    }

    private static string Cadence(MailFooter footer, Language language)
    {
        var key = "cadence." + footer.Cadence;
        return language.Plain(
            language.Has(key) ? key : "cadence.daily", footer.Hour.ToString("00", CultureInfo.InvariantCulture) + ":00", footer.TimeZone);
    }
}
