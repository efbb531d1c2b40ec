using System.Buffers;
using System.Text;

namespace Digest.Templates.Output;

/// <summary>Where a part of a mail is put together in the form in which it travels: UTF-8, CR LF line ends, no other control character but the tab.</summary>
internal sealed class OctetBuffer
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Where(c => c != '\t').Select(c => (char)c)));

    private byte[] _buffer = new byte[16_384];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        Length += octets.Length;
    }

    /// <summary>Any line end becomes CR LF, any other control character but the tab is left out.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyInRange('\0', '\b') || text.ContainsAnyInRange('\v', '\x1F') || text.ContainsAnyInRange('\x7F', '\x9F'))
        {
            AppendClean(text);
            return;
        }

        var lines = text.Count('\n');
        var room = Room(text.Length * 3 + lines);
        var written = Encoding.UTF8.GetBytes(text, room);
        EndLines(room[..(written + lines)], written);
        Length += written + lines;
    }

    // Moves the lines apart from the back, for the CR that comes between each two.
    private static void EndLines(Span<byte> octets, int written)
    {
        while (written < octets.Length)
        {
            var line = octets[..written].LastIndexOf((byte)'\n');
            octets[line..written].CopyTo(octets[(octets.Length - (written - line))..]);
            octets = octets[..(octets.Length - (written - line))];
            octets[^1] = (byte)'\r';
            octets = octets[..^1];
            written = line;
        }
    }

    private void AppendClean(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Controls) is var at and >= 0)
        {
            Encode(text[..at]);
            if (text[at] is '\n' or '\r')
                Append("\r\n"u8);
            text = text[(at + (text[at..].StartsWith("\r\n") ? 2 : 1))..];
        }

        Encode(text);
    }

    public void EndLine() => Append("\r\n"u8);

    /// <summary>Leaves one line end behind the last line that has text.</summary>
    public void TrimEmptyLines()
    {
        while (Written.EndsWith("\r\n\r\n"u8))
            Length -= 2;
    }

    public MailPart ToPart()
    {
        if (!Written.EndsWith("\r\n"u8))
            EndLine();
        var octets = GC.AllocateUninitializedArray<byte>(Length);
        Written.CopyTo(octets);
        return new MailPart(octets);
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
            Length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
    }

    private Span<byte> Room(int octets)
    {
        if (octets > _buffer.Length - Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + octets));
        return _buffer.AsSpan(Length);
    }
}
