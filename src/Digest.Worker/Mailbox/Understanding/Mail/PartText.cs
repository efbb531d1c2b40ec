using System.Text;
using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>The text of a part, decoded with the charset it names, else UTF-8, else Windows-1252. Never throws for bad content.</summary>
internal static class PartText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static PartText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Read(MimeEntity entity)
    {
        var octets = entity switch
        {
            MessagePart { Message: { } message } => Octets(stream => message.WriteTo(stream)),
            MimePart { Content: { } content } => Octets(stream => content.DecodeTo(stream)),
            _ => [],
        };
        var text = Decode(octets, entity.ContentType.Charset);
        return (text.Length > MailLimits.Text ? text[..MailLimits.Text] : text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static byte[] Octets(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        try
        {
            write(stream);
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // What was decoded before the damage is what there is.
        }
        return stream.ToArray();
    }

    private static string Decode(byte[] octets, string? charset)
    {
        if (Named(charset) is { } named && named.WebName is not "us-ascii" and not "utf-8")
            return named.GetString(octets);
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(octets);
        }
    }

    private static Encoding? Named(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset) || charset.Contains("utf-7", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return Encoding.GetEncoding(charset.Trim('"', '\'', ' '));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
