using Digest.Templates.Languages;

namespace Digest.Templates.Output;

/// <summary>The plain text part: values are one line each, marked words stand between asterisks.</summary>
internal sealed class TextContext(Language language) : MailContext(language)
{
    protected override void WriteText(string text) => Buffer.Append(CleanText.Of(text));

    protected override void WriteRun(TextRun run)
    {
        if (run.Marked)
            Buffer.Append('*');
        WriteText(run.Text);
        if (run.Marked)
            Buffer.Append('*');
    }
}
