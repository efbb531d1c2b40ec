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

    private static readonly string[] Examples = ["footer.command.more", "footer.command.add", "footer.command.pause", "footer.command.help"];
    private static readonly string[] Hours = [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture) + ":00")];

    public static ScriptObject Of(MailFooter footer, Language language, string siteName, IReadOnlyList<string> interests) => new()
    {
        ["recipient"] = footer.Recipient,
        ["cadence"] = Cadence(footer, language),
        ["interests"] = Interests(interests),
        ["more_interests"] = Math.Max(0, interests.Count - MostInterests),
        ["unsubscribe_url"] = MailLink.Of(footer.UnsubscribeUrl),
        ["own_url"] = MailLink.Of(footer.OwnUrl),
        ["reply_to"] = footer.ReplyTo,
        ["unsubscribe_mail"] = MailLink.Reply(footer.ReplyTo, language.Escaped("footer.command.unsubscribe")),
        ["commands"] = Commands(footer, language),
        ["postal_address"] = footer.PostalAddress,
        ["site_name"] = siteName,
    };

    private static ScriptArray Interests(IReadOnlyList<string> interests)
    {
        var shown = new ScriptArray();
        for (var i = 0; i < interests.Count && i < MostInterests; i++)
            shown.Add(Issues.TextCut.At(interests[i], LongestInterest));
        return shown;
    }

    private static ScriptArray Commands(MailFooter footer, Language language)
    {
        var commands = new ScriptArray();
        foreach (var key in Examples)
            commands.Add(new ScriptObject { ["text"] = language.Plain(key), ["url"] = MailLink.Reply(footer.ReplyTo, language.Escaped(key)) });
        return commands;
    }

    private static string Cadence(MailFooter footer, Language language)
    {
        var key = footer.Cadence == "daily" ? "cadence.daily" : "cadence." + footer.Cadence;
        return language.Plain(language.Has(key) ? key : "cadence.daily", Hours[Math.Clamp(footer.Hour, 0, 23)], footer.TimeZone);
    }
}
