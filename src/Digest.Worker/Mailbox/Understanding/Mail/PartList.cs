using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

internal static class PartList
{
    /// <summary>The parts of a mail in their order. Without recursion: the nesting is the sender's choice.</summary>
    public static IReadOnlyList<MailPart> Of(MimeEntity? body)
    {
        var found = new List<MailPart>();
        var open = new Stack<MimeEntity>();
        if (body is not null)
            open.Push(body);
        while (open.Count > 0 && found.Count < MailLimits.Parts)
        {
            var entity = open.Pop();
            if (entity is Multipart multipart)
            {
                // A container whose boundary was lost has its content before the first part.
                if (multipart.Count == 0 && !string.IsNullOrWhiteSpace(multipart.Preamble))
                    found.Add(new MailPart("text/plain", false, new TextPart("plain") { Text = multipart.Preamble }));
                for (var i = Math.Min(multipart.Count, MailLimits.Parts) - 1; i >= 0; i--)
                    open.Push(multipart[i]);
            }
            else
            {
                found.Add(new MailPart(entity.ContentType.MimeType.ToLowerInvariant(), IsAttachment(entity), entity));
            }
        }
        return found;
    }

    /// <summary>The first plain text that says something, else the first HTML as text.</summary>
    public static string VisibleText(this IReadOnlyList<MailPart> parts)
    {
        foreach (var part in parts.Where(part => part.IsText && !part.IsReturnedMail && part.Type != "text/html"))
            if (!string.IsNullOrWhiteSpace(part.Text))
                return part.Text;
        return parts.FirstOrDefault(part => part.Type == "text/html") is { } html ? Replies.HtmlText.Whole(html.Text) : "";
    }

    private static bool IsAttachment(MimeEntity entity) =>
        entity.ContentDisposition?.IsAttachment == true || entity.ContentType.Name is not null || entity.ContentDisposition?.FileName is not null;
}
