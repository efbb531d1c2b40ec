using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Replies;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Machines;

/// <summary>
/// Mail that no human wrote for us: counted, never answered, never an unsubscribe. <c>X-Auto-Response-Suppress</c> is not a sign:
/// whole companies add it to human mail.
/// </summary>
internal sealed class MachineStep : IUnderstandingStep
{
    private const int Opening = 2000;
    private static readonly WordTable Signs = WordTable.Load("machine-signs");
    private static readonly string[] SubjectStarts = [.. Signs.Section("subject starts").Select(PhraseList.Flatten)];
    private static readonly HashSet<string> SubjectRests = new(Signs.Section("subject rests"), StringComparer.Ordinal);
    private static readonly PhraseList SubjectWords = new(Signs.Section("subject words"));
    private static readonly PhraseList Sentences = new(Signs.Section("sentences"));
    private static readonly string[] Senders = [.. Signs.Section("senders")];
    private static readonly (string Name, string Value)[] ReplyHeaders = HeaderSigns("reply headers");
    private static readonly (string Name, string Value)[] OtherHeaders = HeaderSigns("other headers");

    public Explanation? TryExplain(InboundMail mail)
    {
        if (AutoSubmitted(mail) is { } submitted)
            return Machine(submitted is "auto-replied" ? InboundKind.AutoReply : Subject(mail) is null ? InboundKind.Other : InboundKind.AutoReply, $"Auto-Submitted: {submitted}");
        if (Matching(mail, ReplyHeaders) is { } reply)
            return Machine(InboundKind.AutoReply, reply);
        if (mail.Parts.Any(part => part.Type == "message/disposition-notification") || mail.ContentType.Contains("disposition-notification", StringComparison.Ordinal))
            return Machine(InboundKind.Other, "disposition notification");
        if (Subject(mail) is { } subject)
            return Machine(InboundKind.AutoReply, $"subject: {subject}");
        if (Matching(mail, OtherHeaders) is { } other)
            return Machine(InboundKind.Other, other);
        if (mail.HasNullReturnPath)
            return Machine(Speaks(mail) ? InboundKind.AutoReply : InboundKind.Other, "null return path");
        if (mail.From is { } from && IsNobody(AddressText.LocalPart(from)))
            return Machine(InboundKind.Other, "sender that takes no answers");
        return Speaks(mail) ? Machine(InboundKind.AutoReply, "says of itself that it is automatic") : null;
    }

    /// <summary>RFC 3834, 5.2: anything but "no" is a machine.</summary>
    private static string? AutoSubmitted(InboundMail mail)
    {
        var value = mail.First("Auto-Submitted")?.Split(';', '(')[0].Trim().ToLowerInvariant();
        return value is null or "" or "no" ? null : value;
    }

    private static bool IsNobody(string local) => Array.Exists(Senders, sender =>
        local == sender || local.StartsWith($"{sender}-", StringComparison.Ordinal) || local.StartsWith($"{sender}+", StringComparison.Ordinal) || local.EndsWith($"-{sender}", StringComparison.Ordinal));

    /// <summary>Looked for in the opening of the writer's own lines: what they quote, a human may have got from a machine.</summary>
    private static bool Speaks(InboundMail mail)
    {
        var own = OwnFooter.Remove(ReplyBody.Read(mail).OwnWords);
        var opening = PhraseList.Flatten(own.Length > Opening ? own[..Opening] : own);
        return Sentences.IsIn(opening) || AbsenceText.Is(opening);
    }

    private static string? Matching(InboundMail mail, (string Name, string Value)[] signs)
    {
        foreach (var (name, wanted) in signs)
            if (mail.All(name).Any(value => wanted == "*" ? value is not "" and not "no" and not "No" : value.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
                return wanted == "*" ? name : $"{name}: {wanted}";
        return null;
    }

    private static string? Subject(InboundMail mail)
    {
        var subject = PhraseList.Flatten(mail.Subject);
        if (subject.StartsWith("re:", StringComparison.Ordinal) && mail.Text.Contains("\n>", StringComparison.Ordinal))
            return null;
        return Array.Find(SubjectStarts, start => subject.StartsWith(start, StringComparison.Ordinal) && MayFollow(subject.AsSpan(start.Length))) ?? (SubjectWords.IsIn(subject) ? "words of an automatic answer" : null);
    }

    /// <summary>"Out of office: papers", "out of office until Monday", but not "out of office mails": that is somebody who writes about them.</summary>
    private static bool MayFollow(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] > 127 || !char.IsAsciiLetterLower(rest[0]))
            return true;
        var letters = rest.IndexOfAnyExceptInRange('a', 'z') is >= 0 and var end ? rest[..end] : rest;
        return letters.Length < rest.Length && rest[letters.Length] == ':' || SubjectRests.Contains(letters.ToString());
    }

    private static (string, string)[] HeaderSigns(string section) =>
        [.. Signs.Section(section).Select(line => line.Split(": ", 2)).Select(words => (words[0], words[1]))];

    private static Explanation Machine(InboundKind kind, string sign) => new() { Kind = kind, Decision = $"machine: {sign}" };
}
