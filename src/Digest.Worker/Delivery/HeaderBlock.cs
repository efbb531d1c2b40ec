using System.Globalization;
using System.Text;

namespace Digest.Worker.Delivery;

/// <summary>Collects header fields. What comes from outside is cleaned and encoded here: one field in is one field out.</summary>
internal sealed class HeaderBlock
{
    private const int LongestLine = 76;

    private readonly List<MailHeader> headers = [];

    public IReadOnlyList<MailHeader> Headers => headers;

    /// <summary>Adds a field of our own making, without a line end. It is folded at spaces only (RFC 5322, 2.2.3).</summary>
    public void Add(string name, string value) => headers.Add(new MailHeader(name, Fold(name, value)));

    /// <summary>Adds free text: encoded words where it is not plain ASCII.</summary>
    public void AddText(string name, string text)
    {
        var line = OneLine(text);
        Add(name, EncodedWords.IsPlain(line, phrase: false) ? line : string.Join(' ', EncodedWords.Encode(line)));
    }

    /// <summary>Adds a mailbox, with a display name unless that is empty. An address may have octets over 127 only where the server takes SMTPUTF8.</summary>
    public void AddMailbox(string name, string displayName, string address)
    {
        var phrase = OneLine(displayName);
        var words = EncodedWords.IsPlain(phrase, phrase: true) ? phrase : string.Join(' ', EncodedWords.Encode(phrase));
        Add(name, words.Length == 0 ? address : $"{words} <{address}>");
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
            return Encoding.UTF8.GetBytes($" {value}\r\n");
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
        return Encoding.UTF8.GetBytes(folded.Append("\r\n").ToString());
    }
}
