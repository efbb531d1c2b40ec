using System.Text;

namespace Digest.Bench.Mailbox;

/// <summary>Ways in which a mail comes damaged: by accident, or by somebody who tries.</summary>
internal static class MailDamage
{
    private static readonly string[] Charsets = ["utf-16", "utf-32", "utf-7", "iso-2022-jp", "gb18030", "big5", "koi8-r", "windows-1256", "ebcdic-us", "x-none", "", "hz-gb-2312", "iso-2022-kr", "euc-jp"];

    private static readonly string[] Encodings = ["base64", "quoted-printable", "uuencode", "x-yenc", "8bit", "binary", "none"];

    private static readonly (string Name, Func<byte[], IReadOnlyList<byte[]>, Random, byte[]> Do)[] Ways =
    [
        ("truncated", (mail, _, random) => mail[..random.Next(mail.Length)]),
        ("line ends CR", (mail, _, _) => Ends(mail, "\r")),
        ("line ends CRLF", (mail, _, _) => Ends(mail, "\r\n")),
        ("wrong charset", (mail, _, random) => Field(mail, "charset=", Charsets[random.Next(Charsets.Length)])),
        ("wrong encoding", (mail, _, random) => Field(mail, "Content-Transfer-Encoding: ", Encodings[random.Next(Encodings.Length)])),
        ("nested deeper", (mail, _, random) => Nest(mail, 10 + random.Next(90))),
        ("headers repeated", (mail, _, random) => Repeat(mail, random)),
        ("octets changed", (mail, _, random) => Flip(mail, random)),
        ("piece repeated", (mail, _, random) => Grow(mail, random)),
        ("spliced with another", (mail, mails, random) => Splice(mail, mails[random.Next(mails.Count)], random)),
        ("lines shuffled", (mail, _, random) => Shuffle(mail, random)),
        ("endless line", (mail, _, random) => Line(mail, random)),
    ];

    /// <summary>One or two kinds of damage, at most 2 MB of mail.</summary>
    public static (string Name, byte[] Mail) Next(byte[] mail, IReadOnlyList<byte[]> mails, Random random)
    {
        var first = Ways[random.Next(Ways.Length)];
        var damaged = first.Do(mail, mails, random);
        if (random.Next(3) > 0 || damaged.Length is 0 or > 1_000_000)
            return (first.Name, Cut(damaged));
        var second = Ways[random.Next(Ways.Length)];
        return ($"{first.Name}, {second.Name}", Cut(second.Do(damaged, mails, random)));
    }

    /// <summary>Every named damage once, and 100 truncations.</summary>
    public static IEnumerable<(string Name, byte[] Mail)> Each(byte[] mail, Random random)
    {
        for (var i = 0; i < 100; i++)
            yield return ("truncated", mail[..random.Next(mail.Length)]);
        yield return ("line ends CR", Ends(mail, "\r"));
        yield return ("line ends CRLF", Ends(mail, "\r\n"));
        foreach (var charset in Charsets)
            yield return ($"charset {charset}", Field(mail, "charset=", charset));
        yield return ("nested ten times as attached mails", Nest(mail, 10));
        yield return ("nested ten times as parts", Nest(mail, 11));
        yield return ("nested a hundred times", Nest(mail, 100));
        yield return ("headers repeated", Repeat(mail, random));
    }

    private static byte[] Cut(byte[] mail) => mail.Length > 2_000_000 ? mail[..2_000_000] : mail;

    private static byte[] Ends(byte[] mail, string end) => Bytes(Text(mail).ReplaceLineEndings(end));

    private static byte[] Field(byte[] mail, string name, string value)
    {
        var text = Text(mail);
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return Bytes($"Content-Type: text/plain; charset={value}\n{text}");
        var end = text.AsSpan(at + name.Length).IndexOfAny(";\r\n ");
        return Bytes(text[..(at + name.Length)] + value + (end < 0 ? "" : text[(at + name.Length + end)..]));
    }

    private static byte[] Nest(byte[] mail, int levels)
    {
        var head = new StringBuilder("From: a@example.net\nMIME-Version: 1.0\n");
        var asMail = levels % 2 == 0;
        for (var i = 0; i < levels; i++)
            head.Append(asMail ? "Content-Type: message/rfc822\n\n" : $"Content-Type: multipart/mixed; boundary=n{i}\n\n--n{i}\n");
        return Join(Bytes(head.ToString()), mail);
    }

    private static byte[] Repeat(byte[] mail, Random random)
    {
        var text = Text(mail);
        var end = Math.Min(20_000, text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var at ? at : text.Length);
        return Bytes(string.Concat(Enumerable.Repeat(text[..end] + "\n", 2 + random.Next(200))) + text[end..]);
    }

    private static byte[] Flip(byte[] mail, Random random)
    {
        var copy = (byte[])mail.Clone();
        for (var i = random.Next(1, 200); i > 0; i--)
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        return copy;
    }

    private static byte[] Grow(byte[] mail, Random random)
    {
        var from = random.Next(mail.Length);
        var piece = mail[from..Math.Min(mail.Length, from + random.Next(1, 400))];
        return Join([mail[..from], .. Enumerable.Repeat(piece, random.Next(2, 2000)), mail[from..]]);
    }

    private static byte[] Splice(byte[] mail, byte[] other, Random random) => Join(mail[..random.Next(mail.Length)], other[random.Next(other.Length)..]);

    private static byte[] Shuffle(byte[] mail, Random random)
    {
        var lines = Text(mail).Split('\n');
        random.Shuffle(lines);
        return Bytes(string.Join('\n', lines));
    }

    private static byte[] Line(byte[] mail, Random random)
    {
        const string Signs = "<>@:;.-_=>|(\" \taA9一";
        var sign = Signs[random.Next(Signs.Length)];
        var at = random.Next(mail.Length);
        return Join(mail[..at], Bytes(new string(sign, random.Next(1000, 300_000))), mail[at..]);
    }

    /// <summary>Into an array of its own: pooled ones would look like the reader's growth.</summary>
    private static byte[] Join(params byte[][] parts)
    {
        var whole = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }
        return whole;
    }

    private static string Text(byte[] mail) => Encoding.Latin1.GetString(mail);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
