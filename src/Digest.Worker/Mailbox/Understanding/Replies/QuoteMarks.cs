using Digest.Worker.Mailbox.Understanding.Tables;
using MimeKit.Text;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>How mail programs mark in HTML what is quoted.</summary>
internal static class QuoteMarks
{
    private static readonly WordTable Marks = WordTable.Load("html-quote-marks");
    private static readonly string[] Quotes = [.. Marks.Section("quotes")];
    private static readonly string[] Ends = [.. Marks.Section("ends")];

    /// <summary>The element holds a quote.</summary>
    public static bool IsQuote(HtmlTagToken tag) => tag.Id == HtmlTagId.BlockQuote || HasMark(tag, Quotes);

    /// <summary>The writer's own text ends here: the rest is quoted.</summary>
    public static bool EndsOwnText(HtmlTagToken tag) => HasMark(tag, Ends);

    private static bool HasMark(HtmlTagToken tag, string[] marks)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (string.IsNullOrEmpty(attribute.Value) || attribute.Value.Length > 500)
                continue;
            var value = $"{attribute.Name.ToLowerInvariant()}={attribute.Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)}";
            if (Array.Exists(marks, mark => value.Contains(mark, StringComparison.Ordinal) && IsWhole(value, mark)))
                return true;
        }
        return false;
    }

    /// <summary>A class or id is whole; a piece of a style may stand anywhere.</summary>
    private static bool IsWhole(string value, string mark) => !mark.StartsWith("id=", StringComparison.Ordinal) || value == mark || value.EndsWith(mark[3..], StringComparison.Ordinal);
}
