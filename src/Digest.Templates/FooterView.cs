using System.Globalization;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates;

/// <summary>The foot of every mail, as the templates see it.</summary>
internal static class FooterView
{
    private const int MostInterests = 30;
    private const int LongestInterest = 200;

    /// <summary>The example of a numbered paper names this one.</summary>
    private const int NumberOfExample = 3;

    private const string MoreLike = "footer.command.more";
    private static readonly string[] Examples = [MoreLike, "footer.command.add", "footer.command.pause", "footer.command.help"];
    private static readonly string[] Hours = [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture) + ":00")];

    /// <param name="numbered">How many papers of the mail have a number.</param>
    public static ScriptObject Of(MailFooter footer, Language language, string siteName, IReadOnlyList<string> interests, int numbered) => new(12)
    {
        ["recipient"] = footer.Recipient,
        ["cadence"] = Cadence(footer, language),
        ["interests"] = Interests(interests),
        ["more_interests"] = Math.Max(0, interests.Count - MostInterests),
        ["unsubscribe_url"] = MailLink.Of(footer.UnsubscribeUrl),
        ["own_url"] = MailLink.Of(footer.OwnUrl),
        ["reply_to"] = footer.ReplyTo,
        ["unsubscribe_mail"] = MailLink.Reply(footer.ReplyTo, language.Escaped("footer.command.unsubscribe")),
        ["commands"] = Commands(footer, language, numbered),
        ["postal_address"] = footer.PostalAddress,
        ["site_name"] = siteName,
    };

    private static ScriptArray Interests(IReadOnlyList<string> interests)
    {
        var shown = new ScriptArray();
        for (var i = 0; i < interests.Count && i < MostInterests; i++)
            shown.Add(Line(Issues.TextCut.At(interests[i], LongestInterest)));
        return shown;
    }

    // A line does not end between the sign and the word that it keeps out.
    private static object Line(string interest) => interest.StartsWith('-') || interest.Contains(" -", StringComparison.Ordinal) ? WholeWords.Of(interest) : interest;

    private static ScriptArray Commands(MailFooter footer, Language language, int numbered)
    {
        var commands = new ScriptArray();
        foreach (var key in Examples.Where(key => key != MoreLike || numbered >= NumberOfExample))
            commands.Add(new ScriptObject(2) { ["text"] = language.Plain(key), ["url"] = MailLink.Reply(footer.ReplyTo, language.Escaped(key)) });
        return commands;
    }

    private static string Cadence(MailFooter footer, Language language)
    {
        var key = footer.Cadence == "daily" ? "cadence.daily" : "cadence." + footer.Cadence;
        return language.Plain(language.Has(key) ? key : "cadence.daily", Hours[Math.Clamp(footer.Hour, 0, 23)], footer.TimeZone);
    }
}
