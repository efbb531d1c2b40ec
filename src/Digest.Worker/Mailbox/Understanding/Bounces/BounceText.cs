using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>What the server itself wrote: the readable part of a bounce, up to the returned original.</summary>
internal static class BounceText
{
    private const int Longest = 16 * 1024;
    private static readonly string[] Markers = [.. WordTable.Load("bounce-original-markers").Entries.Select(PhraseList.Flatten)];

    public static string Read(InboundMail mail)
    {
        var parts = mail.Parts.Where(part => part.IsText && !part.IsReturnedMail && !part.IsAttachment).Select(PlainText).Where(text => !string.IsNullOrWhiteSpace(text)).Take(3).ToList();
        if (parts.Count == 0)
            parts = [.. mail.Parts.Where(part => part.IsText && !part.IsReturnedMail).Select(PlainText).Take(1)];
        var text = string.Join("\n", parts.Select(CutOriginal));
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static string PlainText(MailPart part) => part.Type == "text/html" || part.Text.AsSpan().TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? Replies.HtmlText.Whole(part.Text) : part.Text;

    /// <summary>Everything from the first line that announces or begins the returned original is not the server's.</summary>
    private static string CutOriginal(string text)
    {
        var at = 0;
        var written = false;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var line = text.AsSpan(at, (end < 0 ? text.Length : end) - at);
            if (written && Begins(line.ToString()))
                return text[..at];
            written |= !line.IsWhiteSpace();
            if (end < 0)
                break;
            at = end + 1;
        }
        return text;
    }

    private static bool Begins(string line)
    {
        if (line.StartsWith("Received: ", StringComparison.Ordinal) || line.StartsWith("Received:from ", StringComparison.Ordinal) || line.StartsWith("Return-Path:", StringComparison.OrdinalIgnoreCase))
            return true;
        var flat = PhraseList.Flatten(line.Trim('-', '*', '=', '_', '|', ' ', '\t', '\r'));
        return flat.Length > 0 && Array.Exists(Markers, marker => flat.StartsWith(marker, StringComparison.Ordinal));
    }
}
