using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>Finds who failed in the readable part of a bounce, each with the words that follow up to the next.</summary>
internal static partial class BouncedAddresses
{
    private const int Most = 50;

    public static IReadOnlyList<(string Address, string Context)> Find(string text, InboundMail mail)
    {
        var ours = Ours(mail);
        var candidates = AddressText.Find(text).Where(found => !ours.Contains(found.Address) && !IsServers(found.Address) && !IsOtherwise(text, found.At)).ToList();
        var named = candidates.Where(found => IsNamed(text, found.At)).ToList();
        var chosen = (named.Count > 0 ? named : candidates).DistinctBy(found => found.Address, StringComparer.OrdinalIgnoreCase).Take(Most).ToList();
        return [.. chosen.Select((found, index) => (found.Address, Context(text, found.At, index + 1 < chosen.Count ? chosen[index + 1].At : text.Length, index == 0)
            + (chosen.Count > 1 ? Again(text, candidates, found) : "")))];
    }

    /// <summary>The recipients that the mail's own headers name.</summary>
    public static IReadOnlyList<string> InHeaders(InboundMail mail) =>
        [.. new[] { "X-Failed-Recipients", "X-Failed-Recipient", "X-Failed-Address", "X-Yahoo-Failed-Recipient" }.SelectMany(mail.Addresses).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Addresses of the sender's side: those that the bounce is addressed to or comes from.</summary>
    private static HashSet<string> Ours(InboundMail mail) =>
        new(new[] { "To", "From", "Delivered-To", "X-Original-To", "Envelope-To", "Reply-To" }.SelectMany(mail.Addresses), StringComparer.OrdinalIgnoreCase);

    private static bool IsServers(string address) => AddressText.LocalPart(address) is "postmaster" or "mailer-daemon" or "postmaster-relay" or "abuse" or "support" or "helpdesk" or "hostmaster" or "noreply" or "no-reply";

    /// <summary>Message-IDs, senders and links name addresses that did not fail.</summary>
    private static bool IsOtherwise(string text, int at)
    {
        var line = text.AsSpan(text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1 is var start && start <= at ? start : at, at - start);
        return OtherwiseLine().IsMatch(line);
    }

    /// <summary>At the start of a line, alone or in angle brackets, or right after words that introduce a recipient.</summary>
    private static bool IsNamed(string text, int at)
    {
        var from = Math.Max(0, at - 80);
        return NamedBefore().IsMatch(text.AsSpan(from, at - from));
    }

    /// <summary>The lines that name an address once more: Sendmail lists who failed, and below in the transcript why.</summary>
    private static string Again(string text, List<(int At, string Address)> candidates, (int At, string Address) first) =>
        string.Concat(candidates.Where(found => found.At > first.At && found.Address.Equals(first.Address, StringComparison.OrdinalIgnoreCase)).Take(5).Select(found => $"\n{Line(text, found.At)}"));

    private static string Line(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
        return text[start..Math.Min(end, start + 500)];
    }

    private static string Context(string text, int at, int end, bool isFirst)
    {
        // The first address takes the sentence before it along: "User's mailbox is full: <a@b>".
        var start = isFirst ? Math.Max(0, at - 400) : at;
        return text[start..Math.Min(end, at + 1500)];
    }

    [GeneratedRegex(@"(?:message-?id|mts-id|from|sender|return-path|reply-to|mail from|subject|http[^ ]*|mailto|sent by|contact|cc)\s?:?\s?\W{0,3}\S{0,40}$", RegexOptions.IgnoreCase, 300)]
    private static partial Regex OtherwiseLine();

    [GeneratedRegex(@"(?:(?:^|\n)[\s>*•<""'(\[-]{0,12}|(?:recipient|address|user|to|for|rcpt to|failed|was not delivered to|smtp=?|recipients?\(?s?\)?|mailbox|deliver(?:ing)? (?:your )?mail to|generated from)\s?:?\s{0,3}[<\[""'(]?(?:smtp:|rfc822;\s?|mailto:)?)$", RegexOptions.IgnoreCase, 300)]
    private static partial Regex NamedBefore();
}
