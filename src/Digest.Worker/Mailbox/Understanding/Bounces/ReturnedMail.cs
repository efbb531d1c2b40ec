using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>The headers of the original that a bounce gives back, whole, as headers alone, or inlined in the text.</summary>
internal static class ReturnedMail
{
    /// <summary>All values of a header in whatever was returned.</summary>
    public static IEnumerable<string> Header(InboundMail mail, string name)
    {
        foreach (var part in mail.Parts)
        {
            if (!part.IsReturnedMail && !part.IsText)
                continue;
            foreach (var group in FieldGroups.Parse(part.IsReturnedMail ? part.Text : Tail(part.Text)).Take(20))
                if (group.Value(name) is { } value)
                    yield return value;
        }
    }

    public static IReadOnlyList<string> Recipients(InboundMail mail) => [.. Header(mail, "To").SelectMany(AddressText.FindAll).Distinct(StringComparer.OrdinalIgnoreCase).Take(5)];

    private static string Tail(string text) => text.Length > 64 * 1024 ? text[..(64 * 1024)] : text;
}
