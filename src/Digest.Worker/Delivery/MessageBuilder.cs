using System.Globalization;
using System.Text;
using Digest.Templates;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// Makes the message of a mail: all headers, the text part, the HTML part, a file where there is one. A pure function of the outbox row, the rendered
/// content and the settings, so that a repeat has the same octets: Date is the row's own time, the boundary comes from the Message-ID,
/// and a signature has no time.
/// </summary>
internal sealed class MessageBuilder(SenderOptions sender, ReaderDoors doors, MessageId ids, DkimSignatures dkim)
{
    private readonly string domain = MailDomain.ToAscii(sender.Domain);
    private readonly string from = MailDomain.AddressToAscii(sender.From);

    /// <param name="eightBit">False where the server does not offer 8BITMIME: the parts are then quoted-printable.</param>
    public OutgoingMail Build(ClaimedMail mail, RenderedMail content, bool eightBit)
    {
        var id = ids.Local(mail.Key);
        var recipient = MailDomain.AddressToAscii(mail.Recipient);
        var boundary = $"=_{id}";
        var plain = MimeText.Of("plain", content.TextPart, eightBit);
        var html = MimeText.Of("html", content.HtmlPart, eightBit);
        var used = plain.IsEightBit || html.IsEightBit;
        var octets = Body(boundary, plain, html);
        var type = $"multipart/alternative; boundary=\"{boundary}\"";
        if (content.Attachment is { } file)
            (octets, type, used) = AttachedBody.Of(type, octets, used, MimeText.Of(file.Subtype, file.Content, eightBit), file.Name, id);
        var headers = Headers(mail, content.Subject, recipient, id, type, used);
        return new OutgoingMail
        {
            Id = mail.Id,
            MessageId = $"{id}@{domain}",
            ReturnPath = IsAnswer(mail.Kind) ? "" : MailDomain.AddressToAscii(doors.ReturnPath(mail)),
            Recipient = recipient,
            Date = mail.CreatedAt,
            Headers = [.. dkim.Sign(headers, octets), .. headers],
            Body = octets,
            EightBit = used,
            Data = content.Data,
        };
    }

    private IReadOnlyList<MailHeader> Headers(ClaimedMail mail, string subject, string recipient, string id, string type, bool eightBit)
    {
        var block = new HeaderBlock();
        var reply = MailDomain.AddressToAscii(doors.ReplyTo(mail));
        block.AddMailbox("From", sender.Name, from);
        block.AddMailbox("To", "", recipient);
        block.AddMailbox("Reply-To", "", reply);
        block.AddText("Subject", subject);
        block.Add("Date", mail.CreatedAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000");
        block.Add("Message-ID", $"<{id}@{domain}>");
        if (IsBulk(mail.Kind))
            AddListHeaders(block, mail, reply);
        block.Add("Auto-Submitted", IsAnswer(mail.Kind) ? "auto-replied" : "auto-generated");
        if (IsBulk(mail.Kind))
            block.Add("Precedence", "bulk");
        block.Add("Feedback-ID", $"{mail.CreatedAt.UtcDateTime:yyyyMMdd}:{MailKinds.ToText(mail.Kind)}:digest:{domain}");
        block.Add("MIME-Version", "1.0");
        block.Add("Content-Type", type);
        if (eightBit)
            block.Add("Content-Transfer-Encoding", "8bit");
        return block.Headers;
    }

    /// <summary>RFC 2369, 2919 and 8058. One-Click stands only beside an https link: it promises that a POST there is enough.</summary>
    private void AddListHeaders(HeaderBlock block, ClaimedMail mail, string reply)
    {
        block.Add("List-Id", $"<{from[..from.LastIndexOf('@')]}.{domain}>");
        var mailto = $"<mailto:{reply}?subject=unsubscribe>";
        if (doors.UnsubscribeUrl(mail) is { } url && url.StartsWith("https:", StringComparison.Ordinal))
        {
            block.Add("List-Unsubscribe", $"<{url}>, {mailto}");
            block.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        else
        {
            block.Add("List-Unsubscribe", mailto);
        }
        block.Add("List-Help", $"<mailto:{reply}?subject=help>");
        block.Add("List-Subscribe", $"<mailto:{MailDomain.AddressToAscii(sender.ReplyMailbox)}?subject=subscribe>");
        block.Add("List-Owner", $"<mailto:{from}>");
        block.Add("List-Post", "NO");
    }

    private static bool IsBulk(MailKind kind) => kind is MailKind.Issue or MailKind.Welcome;

    /// <summary>A mail that answers one: it has the null sender, so that two machines cannot answer each other for ever (RFC 3834).</summary>
    private static bool IsAnswer(MailKind kind) => kind is MailKind.Answer or MailKind.Unsubscribed or MailKind.Paused;

    /// <summary>One array of just the size: bodies are nearly all of the memory that sending goes through.</summary>
    private static byte[] Body(string boundary, MimeText plain, MimeText html)
    {
        var (first, second, end) = ($"--{boundary}\r\n{plain.Head}", $"--{boundary}\r\n{html.Head}", $"--{boundary}--\r\n");
        var body = GC.AllocateUninitializedArray<byte>(first.Length + plain.Octets.Length + second.Length + html.Octets.Length + end.Length);
        var at = Encoding.ASCII.GetBytes(first, body);
        plain.Octets.CopyTo(body.AsMemory(at));
        at += plain.Octets.Length;
        at += Encoding.ASCII.GetBytes(second, body.AsSpan(at));
        html.Octets.CopyTo(body.AsMemory(at));
        Encoding.ASCII.GetBytes(end, body.AsSpan(at + html.Octets.Length));
        return body;
    }
}
