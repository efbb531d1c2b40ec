using System.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// UTF-8, where a byte that cannot be UTF-8 is taken for Windows-1252: so a wrong or missing charset declaration costs no letter. Genuine
/// UTF-16 is recognised by its byte order mark.
/// </summary>
internal static class LenientText
{
    public static Encoding Encoding { get; } = new UTF8Encoding(false).WithFallback();

    private static readonly string High =
        "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    private static Encoding WithFallback(this Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = new Windows1252Fallback();
        return lenient;
    }

    private static char Windows1252(byte b) => b is >= 0x80 and < 0xA0 ? High[b - 0x80] : (char)b;

    private sealed class Windows1252Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();
    }

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private byte[] bytes = [];
        private int next;

        public override int Remaining => bytes.Length - next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (bytes, next) = (bytesUnknown, 0);
            return bytes.Length > 0;
        }

        public override char GetNextChar() => next < bytes.Length ? Windows1252(bytes[next++]) : '\0';

        public override bool MovePrevious()
        {
            if (next == 0)
                return false;
            next--;
            return true;
        }

        public override void Reset() => (bytes, next) = ([], 0);
    }
}
