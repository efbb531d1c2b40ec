using System.Globalization;
using System.Text;
using MimeKit;

namespace Digest.Worker.Delivery;

/// <summary>Collects header fields. What comes from outside is cleaned and encoded here: one field in is one field out.</summary>
internal sealed class HeaderBlock
{
    private const int LongestLine = 76;

    private static readonly FormatOptions Dos = CreateFormat();

    private readonly List<MailHeader> headers = [];

    public IReadOnlyList<MailHeader> Headers => headers;

    /// <summary>Adds a field of our own making: ASCII, no line end. It is folded at spaces only (RFC 5322, 2.2.3).</summary>
    public void Add(string name, string value) => headers.Add(new MailHeader(name, Fold(name, value)));

    /// <summary>Adds free text: encoded words of at most 75 characters where it is not ASCII (RFC 2047).</summary>
    public void AddText(string name, string text)
    {
        var header = new Header(name, "");
        header.SetValue(Dos, Encoding.UTF8, OneLine(text));
        headers.Add(new MailHeader(name, WithLineEnd(header.RawValue)));
    }

    /// <summary>Adds a mailbox with a display name.</summary>
    public void AddMailbox(string name, string displayName, string address)
    {
        var phrase = OneLine(displayName);
        if (phrase.Length == 0)
        {
            headers.Add(new MailHeader(name, Encoding.UTF8.GetBytes($" {address}\r\n")));
            return;
        }
        var encoded = Encoding.ASCII.GetString(MimeKit.Utils.Rfc2047.EncodePhrase(Dos, Encoding.UTF8, phrase));
        headers.Add(new MailHeader(name, Encoding.UTF8.GetBytes($" {encoded.ReplaceLineEndings("\r\n")}{(encoded.Length > 50 ? "\r\n" : "")} <{address}>\r\n")));
    }

    /// <summary>Free text on one line: control, bidi and other unseen characters become a space, runs of spaces one.</summary>
    public static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var unseen = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse;
            if (!unseen)
                clean.Append(rune.ToString());
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }
        return clean.ToString().TrimEnd();
    }

    private static byte[] Fold(string name, string value)
    {
        if (name.Length + 2 + value.Length <= LongestLine)
            return Encoding.ASCII.GetBytes($" {value}\r\n");
        var folded = new StringBuilder();
        var column = name.Length + 1;
        foreach (var word in value.Split(' '))
        {
            if (column + 1 + word.Length > LongestLine && column > 1)
            {
                folded.Append("\r\n");
                column = 0;
            }
            folded.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        return Encoding.ASCII.GetBytes(folded.Append("\r\n").ToString());
    }

    private static byte[] WithLineEnd(byte[] raw) => raw is [.., (byte)'\n'] ? raw : [.. raw, (byte)'\r', (byte)'\n'];

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
