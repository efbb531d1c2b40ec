using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>The text a human wrote into: the plain text where it says something, else the HTML without its quote blocks.</summary>
internal static class ReplyBody
{
    public static ReplyText Read(InboundMail mail)
    {
        var texts = mail.Parts.Where(part => part.IsText && !part.IsReturnedMail && !part.IsAttachment).ToList();
        if (texts.Find(part => part.Type is "text/plain" && !string.IsNullOrWhiteSpace(part.Text)) is { } plain)
            return ReplyText.Split(plain.Text);
        if (texts.Find(part => part.Type == "text/html") is { } html)
            return ReplyText.Split(HtmlText.Own(html.Text));
        return ReplyText.Split(texts.Find(part => !string.IsNullOrWhiteSpace(part.Text))?.Text ?? "");
    }
}
