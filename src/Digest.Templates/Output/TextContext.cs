using Digest.Templates.Languages;

namespace Digest.Templates.Output;

/// <summary>The plain text part: each value stays one line, marked words stand between asterisks.</summary>
internal sealed class TextContext(Language language) : MailContext(language)
{
    protected override void WriteText(string text) => Buffer.Append(CleanText.Of(text, KeepsSlots));

    protected override void WriteRun(TextRun run, bool inTitle)
    {
        var marked = run.Marked && !inTitle;
        if (marked)
            Buffer.Append('*');
        WriteText(run.Text);
        if (marked)
            Buffer.Append('*');
    }
}
