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

    public static ReaderValue ForHtml(string text)
    {
        var output = new OutputBuffer();
        HtmlText.Write(output, text);
        return new ReaderValue(output.ToString());
    }

    public static ReaderValue ForText(string text) => new(CleanText.Of(text));
}
