using System.Text;
using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>Parses what came in. Whatever the octets are, a mail comes out: at worst one without headers.</summary>
internal static class MailReader
{
    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = MailLimits.Depth,
        ParameterComplianceMode = RfcComplianceMode.Loose,
        AddressParserComplianceMode = RfcComplianceMode.Loose,
        Rfc2047ComplianceMode = RfcComplianceMode.Loose,
        AllowAddressesWithoutDomain = true,
    };

    /// <summary>Reads at most <see cref="MailLimits.Octets"/> of the stream.</summary>
    public static async Task<InboundMail> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        // As large as the mail and not larger: most are a few kilobytes.
        var buffer = new byte[stream.CanSeek ? (int)Math.Min(stream.Length - stream.Position, MailLimits.Octets) : MailLimits.Octets];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Parse(buffer.AsSpan(0, length), cancellationToken);
    }

    public static InboundMail Parse(ReadOnlySpan<byte> octets, CancellationToken cancellationToken)
    {
        var mail = FieldTrim.Trim(MailTrim.Trim(SkipMailboxFraming(octets[..Math.Min(octets.Length, MailLimits.Octets)])));
        if (mail.Length == 0)
            return new InboundMail(new MimeMessage());
        try
        {
            using var stream = new MemoryStream(mail);
            return new InboundMail(MimeMessage.Load(Options, stream, cancellationToken));
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException or InvalidOperationException)
        {
            return new InboundMail(AsPlainText(mail));
        }
    }

    /// <summary>Blank lines before the headers and the mbox "From " line are the store's, not the mail's.</summary>
    private static ReadOnlySpan<byte> SkipMailboxFraming(ReadOnlySpan<byte> mail)
    {
        while (true)
        {
            var end = mail.IndexOf((byte)'\n');
            var line = end < 0 ? mail : mail[..end];
            var isFraming = line.Trim(" \t\r"u8).IsEmpty || line.StartsWith("From "u8) || line.StartsWith(">From "u8);
            if (!isFraming || end < 0)
                return mail;
            mail = mail[(end + 1)..];
        }
    }

    private static MimeMessage AsPlainText(byte[] mail) => new() { Body = new TextPart("plain") { Text = Encoding.Latin1.GetString(mail) } };
}
