namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>
/// Takes from a mail what only serves to wear its reader out, before it is parsed: endless headers and endless parts.
/// </summary>
internal static class MailTrim
{
    private const int LongestBoundary = 200;

    public static byte[] Trim(ReadOnlySpan<byte> mail)
    {
        var body = HeaderEnd(mail, out var lines);
        var kept = body[..BoundaryEnd(body)];
        if (lines <= MailLimits.HeaderLines)
            return mail[..(mail.Length - body.Length + kept.Length)].ToArray();
        return [.. Lines(mail, MailLimits.HeaderLines), (byte)'\n', .. kept];
    }

    /// <summary>What follows the blank line after the headers.</summary>
    private static ReadOnlySpan<byte> HeaderEnd(ReadOnlySpan<byte> mail, out int lines)
    {
        lines = 0;
        while (mail.IndexOf((byte)'\n') is var end and >= 0)
        {
            var blank = mail[..end].Trim((byte)'\r').IsEmpty;
            mail = mail[(end + 1)..];
            if (blank)
                return mail;
            lines++;
        }
        return [];
    }

    private static ReadOnlySpan<byte> Lines(ReadOnlySpan<byte> mail, int count)
    {
        var at = 0;
        for (; count > 0 && mail[at..].IndexOf((byte)'\n') is var end and >= 0; count--)
            at += end + 1;
        return mail[..at];
    }

    /// <summary>Where the line stands that has come too often with two dashes before it.</summary>
    private static int BoundaryEnd(ReadOnlySpan<byte> body)
    {
        var seen = new Dictionary<int, int>();
        for (var at = 0; at < body.Length;)
        {
            var end = body[at..].IndexOf((byte)'\n');
            var line = end < 0 ? body[at..] : body.Slice(at, end);
            if (line.Length is > 2 and < LongestBoundary && line.StartsWith("--"u8) && line.ContainsAnyExcept("- \r\t"u8))
            {
                var hash = new HashCode();
                hash.AddBytes(line);
                var key = hash.ToHashCode();
                if ((seen[key] = seen.GetValueOrDefault(key) + 1) > MailLimits.Boundaries)
                    return at;
            }
            if (end < 0)
                break;
            at += end + 1;
        }
        return body.Length;
    }
}
