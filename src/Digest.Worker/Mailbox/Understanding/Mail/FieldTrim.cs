using System.Buffers;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>
/// Shortens header fields that never end, in the heads of the mail and of every part and attached mail: the parser copies a field
/// anew for each line that it goes on (a field of 400 KB in short lines costs 1.4 GB of copies).
/// </summary>
internal static class FieldTrim
{
    private static readonly SearchValues<byte> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>The mail with each field cut to <see cref="MailLimits.Field"/> octets; the same array where none is longer.</summary>
    public static byte[] Trim(byte[] mail)
    {
        if (mail.Length <= MailLimits.Field)
            return mail;
        var kept = new ArrayBufferWriter<byte>(mail.Length);
        var (inHead, field) = (true, 0);
        for (var at = 0; at < mail.Length;)
        {
            var line = Line(mail.AsSpan(at));
            at += line.Length;
            var goesOn = field > 0 && line[0] is (byte)' ' or (byte)'\t';
            if (!goesOn)
            {
                // A blank line or a boundary may stand before the head of a part; anything else but a field ends it.
                var mayBegin = line[0] is (byte)'\r' or (byte)'\n' || line.StartsWith("--"u8);
                field = inHead && !mayBegin && IsField(line) ? 1 : 0;
                inHead = mayBegin || field > 0;
            }
            var room = field > 0 ? Math.Max(0, MailLimits.Field - field) : line.Length;
            kept.Write(line[..Math.Min(line.Length, room)]);
            // What follows is no part of the field.
            if (room > 0 && room < line.Length)
                kept.Write("\n"u8);
            field = field > 0 ? field + line.Length : 0;
        }
        return kept.WrittenCount == mail.Length ? mail : kept.WrittenSpan.ToArray();
    }

    /// <summary>Up to LF, CR LF or a lone CR, that included.</summary>
    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny("\r\n"u8);
        if (end < 0)
            return rest;
        return rest[..(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))];
    }

    private static bool IsField(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(Name) is > 0 and var end && line[end] == (byte)':';
}
