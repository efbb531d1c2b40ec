using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>Whether a mail without a delivery report is a bounce all the same: signs are weighed, no single one is enough.</summary>
internal static partial class BounceSigns
{
    private const int Enough = 4;
    private const int Opening = 90;
    private static readonly WordTable Signs = WordTable.Load("bounce-signs");
    private static readonly PhraseList Subjects = new(Signs.Section("subjects"));
    private static readonly PhraseList Sentences = new(Signs.Section("sentences"));
    private static readonly HashSet<string> Senders = new(Signs.Section("senders"), StringComparer.Ordinal);

    public static bool Suffice(InboundMail mail, string text)
    {
        // Some providers write to the sender in the sender's language: the header and the daemon are the same in all of them.
        if (mail.Has("X-Failed-Recipients") && Sender(mail) == 3 && !IsConversation(mail))
            return true;
        var written = PhraseList.Flatten(WithoutQuotes(text));
        var says = Sentences.IsIn(written);
        var subject = Subjects.IsIn(PhraseList.Flatten(mail.Subject));
        if (!says && !subject && !Refusal().IsMatch(written))
            return false;
        var refusal = Refusal().IsMatch(written);
        var shape = Sender(mail) + (mail.Has("X-Failed-Recipients") ? 3 : 0) + (mail.HasNullReturnPath ? 2 : 0) + (mail.Parts.Any(part => part.IsReturnedMail) ? 1 : 0)
            + (mail.ContentType.Contains("delivery-status", StringComparison.Ordinal) ? 2 : 0);
        // Words alone are a human's who asks what became of a mail, or sends a bounce on.
        if (shape == 0 && !(says && subject && (refusal ? !Passed().IsMatch(mail.Subject) : OpensWithFailure(written))))
            return false;
        return (says ? 2 : 0) + (subject ? 2 : 0) + (refusal ? 1 : 0) + shape - (IsConversation(mail) ? 3 : 0) >= Enough;
    }

    /// <summary>"Your message could not be delivered to a@b" as the first words, and no question.</summary>
    private static bool OpensWithFailure(string written) =>
        Sentences.IndexIn(written) is >= 0 and < Opening && !written.Contains('?', StringComparison.Ordinal) && AddressText.FindAll(written).Any();

    private static int Sender(InboundMail mail)
    {
        var names = new[] { mail.First("From") ?? "", mail.First("Return-Path") ?? "", mail.First("Sender") ?? "" }.Select(value => value.ToLowerInvariant()).ToList();
        if (names[0].Trim() is "<>" || names.Exists(name => Local(name) is { } local && (Senders.Contains(local) || local.StartsWith("mailer-daemon", StringComparison.Ordinal))))
            return 3;
        return names.Exists(name => name.Contains("noreply", StringComparison.Ordinal) || name.Contains("no-reply", StringComparison.Ordinal)) ? 2 : 0;
    }

    private static string? Local(string header) =>
        AddressText.FindAll(header).LastOrDefault() is { } address ? AddressText.LocalPart(address) : header.Trim('<', '>', ' ', '"').Split(' ', '(')[0];

    /// <summary>Humans write about bounces too, and quote them.</summary>
    private static bool IsConversation(InboundMail mail) => mail.Has("References") && mail.Subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase);

    private static string WithoutQuotes(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('>')).Take(200));

    [GeneratedRegex(@"^\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|enc|i|r)\s*:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Passed();

    [GeneratedRegex(@"(?<![\d.@])(?:[45][0-5]\d(?: - | |-)(?:#?[45]\.\d{1,3}\.\d{1,3}|requested|sorry|user|unknown|mailbox|host|<)|<<< [45]\d\d|#[45]\.\d\.\d{1,3}(?=[ >)]))", RegexOptions.None, 300)]
    private static partial Regex Refusal();
}
