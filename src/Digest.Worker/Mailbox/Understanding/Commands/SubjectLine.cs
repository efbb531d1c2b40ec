using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>A subject as the writer's own words: without list tags. A subject that begins with "Re:" is the old one, not the writer's.</summary>
internal static partial class SubjectLine
{
    /// <summary>The writer's own subject; null for an answer or a forwarded mail.</summary>
    public static string? Own(string subject)
    {
        var text = subject.Trim();
        while (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            text = text[(end + 1)..].Trim();
        return text.Length == 0 || Answer().IsMatch(text) ? null : text;
    }

    [GeneratedRegex(@"^(?:re|aw|antw|antwort|sv|vs|ref|rif|r|res|odp|odg|ynt|ynt\.|cevap|fw|fwd|wg|tr|rv|enc|i|pd|vb|doorst|vl|回复|回覆|答复|轉寄|转发|返信|転送|ответ|на|отв|fs|bls|trs|atb|回|转|הועבר|השב|رد|إعادة|ιλτ|απ|σχετ|πρθ)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Answer();
}
