using System.Text;
using MimeKit.Text;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>HTML as the text that a reader sees, one line a block.</summary>
internal static class HtmlText
{
    private static readonly HashSet<HtmlTagId> Blocks = [HtmlTagId.P, HtmlTagId.Div, HtmlTagId.LI, HtmlTagId.TR, HtmlTagId.Table, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.H1,
        HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.H4, HtmlTagId.Pre, HtmlTagId.BlockQuote, HtmlTagId.Section, HtmlTagId.Article, HtmlTagId.DL, HtmlTagId.DT, HtmlTagId.DD, HtmlTagId.Center];

    private static readonly HashSet<HtmlTagId> Hidden = [HtmlTagId.Head, HtmlTagId.Style, HtmlTagId.Script, HtmlTagId.Title];

    /// <summary>All of it.</summary>
    public static string Whole(string html) => Read(html, withoutQuotes: false);

    /// <summary>Without what mail programs mark as quoted. Where that leaves nothing, all of it: then the mark was no quote.</summary>
    public static string Own(string html) => Read(html, withoutQuotes: true) is var own && !string.IsNullOrWhiteSpace(own) ? own : Whole(html);

    private static string Read(string html, bool withoutQuotes)
    {
        var text = new StringBuilder();
        var skip = new SkippedElement();
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (text.Length < Mail.MailLimits.Text && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (skip.Passes(tag))
                    continue;
                if (!tag.IsEndTag && Hidden.Contains(tag.Id) && !tag.IsEmptyElement)
                    skip.Begin(tag);
                else if (withoutQuotes && !tag.IsEndTag && QuoteMarks.EndsOwnText(tag) && !string.IsNullOrWhiteSpace(text.ToString()))
                    break;
                else if (withoutQuotes && !tag.IsEndTag && !tag.IsEmptyElement && QuoteMarks.IsQuote(tag))
                    skip.Begin(tag);
                else
                    Mark(text, tag);
            }
            else if (token is HtmlDataToken data && token.Kind == HtmlTokenKind.Data && !skip.IsOpen)
            {
                Append(text, data.Data);
            }
        }
        return Tidy(text.ToString());
    }

    private static void Mark(StringBuilder text, HtmlTagToken tag)
    {
        if (tag.Id == HtmlTagId.Br || Blocks.Contains(tag.Id))
            EndLine(text, always: tag.Id == HtmlTagId.Br);
        else if (tag.Id == HtmlTagId.HR)
            text.Append("\n________________________________\n");
        else if (tag.Id is HtmlTagId.TD or HtmlTagId.TH)
            text.Append(' ');
    }

    private static void EndLine(StringBuilder text, bool always)
    {
        if (always || (text.Length > 0 && text[^1] != '\n'))
            text.Append('\n');
    }

    /// <summary>White space in HTML source is one space; a non-breaking space stands for itself.</summary>
    private static void Append(StringBuilder text, string data)
    {
        foreach (var character in data)
        {
            var plain = character is '\r' or '\n' or '\t' or '\u00a0' ? ' ' : character;
            if (plain == ' ' && (text.Length == 0 || text[^1] is ' ' or '\n'))
                continue;
            text.Append(plain);
        }
    }

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
