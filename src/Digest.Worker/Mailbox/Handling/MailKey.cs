using System.Security.Cryptography;
using System.Text;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>
/// What makes a mail this mail, however often and by whatever way it comes: Message-ID, sender, date, subject and words. The Message-ID alone
/// would not do: it is the sender's choice, and some programs use one twice.
/// </summary>
internal static class MailKey
{
    public static string Of(InboundMail mail)
    {
        var parts = string.Join('\n', mail.First("Message-ID"), mail.First("From"), mail.First("Date"), mail.Subject, mail.Text.Trim());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts))[..16]);
    }
}
