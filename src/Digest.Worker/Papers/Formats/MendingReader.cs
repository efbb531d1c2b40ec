using System.Buffers;
using System.Net;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// Passes XML on with two common faults mended: control characters become spaces, and HTML's entities (<c>&amp;nbsp;</c>,
/// <c>&amp;eacute;</c>), which XML does not know, become their characters. XML's own five are left alone.
/// </summary>
internal sealed class MendingReader(TextReader inner) : TextReader
{
    private const int LongestEntity = 33;

    /// <summary>A parser holds a tag with its attributes in memory as a whole.</summary>
    private const int LongestTag = 1 << 20;

    /// <summary>What has to be looked at: entities, the ends of tags, characters that XML does not allow. All between is passed on in one piece.</summary>
    private static readonly SearchValues<char> Marks =
        SearchValues.Create(['&', '<', '>', '\uFFFE', '\uFFFF', .. Enumerable.Range(0, ' ').Select(code => (char)code).Where(c => c is not ('\t' or '\n' or '\r'))]);

    private readonly char[] window = new char[16384];
    private int at;
    private int end;
    private bool over;
    private int tag = -1;

    /// <summary>How the text begins, for telling what it is when it is not what it should be.</summary>
    public string Opening { get; private set; } = "";

    public override int Peek() => Fill(1) ? window[at] : -1;

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 1 ? one[0] : -1;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length && Fill(LongestEntity))
        {
            var open = window.AsSpan(at, Math.Min(end - at, buffer.Length - written));
            var mark = open.IndexOfAny(Marks);
            var plain = mark < 0 ? open.Length : mark;
            open[..plain].CopyTo(buffer[written..]);
            Measure(plain);
            (at, written) = (at + plain, written + plain);
            if (mark < 0 || !Fill(LongestEntity))
                continue;
            var c = window[at] == '&' ? Entity() : Mended(window[at++]);
            Measure(c);
            buffer[written++] = c;
        }
        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Measure(char c)
    {
        if (c == '<')
            tag = 0;
        else if (c == '>')
            tag = -1;
        else
            Measure(1);
    }

    private void Measure(int characters)
    {
        if (tag >= 0 && (tag += characters) > LongestTag)
            throw new AnswerException("a tag of more than a million characters");
    }

    private static char Mended(char c) => c is >= ' ' or '\t' or '\n' or '\r' && c is not ('\uFFFE' or '\uFFFF') ? c : ' ';

    /// <summary>The character that the entity at this place stands for, or the ampersand itself.</summary>
    private char Entity()
    {
        var text = window.AsSpan(at, Math.Min(end - at, LongestEntity));
        var length = text.IndexOf(';') + 1;
        if (length > 3 && !text[1..(length - 1)].ContainsAnyExcept(Letters) && text[1..(length - 1)] is not ("amp" or "lt" or "gt" or "quot" or "apos")
            && WebUtility.HtmlDecode(text[..length].ToString()) is [var c])
        {
            at += length;
            return c;
        }
        at++;
        return '&';
    }

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Sees to it that so many characters lie in the window, or all that are left.</summary>
    /// <returns>False at the end.</returns>
    private bool Fill(int wanted)
    {
        if (end - at >= wanted || over)
            return end > at;
        window.AsSpan(at, end - at).CopyTo(window);
        (at, end) = (0, end - at);
        while (end < window.Length)
        {
            var read = inner.Read(window.AsSpan(end));
            if (read == 0)
            {
                over = true;
                break;
            }
            end += read;
        }
        if (Opening.Length == 0)
            Opening = new string(window, 0, Math.Min(end, 120));
        return end > at;
    }
}
