using Digest.Templates.Languages;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Digest.Templates.Output;

/// <summary>The HTML part: values are escaped for the place where they stand, links are checked.</summary>
internal sealed class HtmlContext(Language language) : MailContext(language)
{
    protected override void WriteAtPlace(SourceSpan span, object value)
    {
        var written = Buffer.Written;
        var open = written.LastIndexOfAny('<', '>');
        if (open < 0 || written[open] == '>' || value is Markup)
            WriteValue(value);
        else if (!IsQuoted(written[open..]))
            throw new ScriptRuntimeException(span, "An attribute's value must stand in quotes.");
        else if (IsAddress(written))
            WriteAddress(value);
        else
            HtmlText.WriteAttribute(Buffer, value is int number ? Words.Number(number) : value.ToString() ?? "", KeepsSlots);
    }

    protected override void WriteText(string text) => HtmlText.Write(Buffer, text, KeepsSlots);

    protected override void WriteRun(TextRun run, bool inTitle)
    {
        var link = MailLink.Of(run.Link);
        if (link is not null)
        {
            Buffer.Append("<a\nhref=\"");
            Buffer.Append(link.Value.Replace("&", "&amp;", StringComparison.Ordinal));
            Buffer.Append("\">");
        }

        if (run.Marked)
            Buffer.Append("<b class=\"hit\">");
        if (run.Kept)
            Buffer.Append("<span style=\"white-space:nowrap\">");
        HtmlText.Write(Buffer, run.Text, KeepsSlots);
        if (run.Kept)
            Buffer.Append("</span>");
        if (run.Marked)
            Buffer.Append("</b>");
        if (link is not null)
            Buffer.Append("</a>");
    }

    private void WriteAddress(object value)
    {
        var link = value as MailLink;
        if (link is null)
        {
            var address = value.ToString() ?? "";
            // What an address makes of a reader's value is not known beforehand.
            SlotMisplaced |= KeepsSlots && Slot.AnyIn(address);
            link = MailLink.Of(address);
        }

        Buffer.Append((link?.Value ?? "#").Replace("&", "&amp;", StringComparison.Ordinal));
    }

    // What stands in a tag but not in quotes could end the value, or begin an attribute of its own.
    private static bool IsQuoted(ReadOnlySpan<char> tag)
    {
        var quote = '\0';
        foreach (var c in tag)
        {
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
        }

        return quote != '\0';
    }

    private static bool IsAddress(ReadOnlySpan<char> written) =>
        written[^1] is '"' or '\'' && (written[..^1].EndsWith("href=") || written[..^1].EndsWith("src=") || written[..^1].EndsWith("action="));
}
