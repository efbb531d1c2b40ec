using System.Text;
using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>A value of one reader, encoded for its part.</summary>
internal sealed class ReaderValue
{
    private ReaderValue(string text)
    {
        Text = text;
        Octets = Encoding.UTF8.GetBytes(text);
        Measure = TextMeasure.Of(text);
    }

    public string Text { get; }

    public byte[] Octets { get; }

    public TextMeasure Measure { get; }

    public static readonly ReaderValue None = new("");

    /// <param name="scratch">To write in; what was in it is lost.</param>
    public static ReaderValue ForHtml(string text, OutputBuffer scratch)
    {
        scratch.Truncate(0);
        HtmlText.Write(scratch, text);
        return new ReaderValue(scratch.Written.SequenceEqual(text) ? text : scratch.ToString());
    }

    public static ReaderValue ForText(string text) => new(CleanText.Of(text));
}
