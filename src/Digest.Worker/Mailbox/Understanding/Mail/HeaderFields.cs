using System.Text;
using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>Header fields as plain text: decoded, on one line, of bounded length.</summary>
internal static class HeaderFields
{
    public static Dictionary<string, List<string>> Index(HeaderList list)
    {
        var index = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in list.Take(1000))
        {
            if (!index.TryGetValue(header.Field, out var values))
                index[header.Field] = values = [];
            if (values.Count < 100)
                values.Add(OneLine(Value(header)));
        }
        return index;
    }

    /// <summary>Line ends and tabs become spaces; other control characters go.</summary>
    public static string OneLine(string value)
    {
        var line = new StringBuilder(Math.Min(value.Length, MailLimits.Header));
        foreach (var character in value.Length > MailLimits.Header ? value.AsSpan(0, MailLimits.Header) : value)
        {
            if (character is '\r' or '\n' or '\t')
                line.Append(' ');
            else if (!char.IsControl(character))
                line.Append(character);
        }
        return line.ToString().Trim();
    }

    private static string Value(Header header) =>
        header.RawValue.Length > MailLimits.Header ? Encoding.Latin1.GetString(header.RawValue, 0, MailLimits.Header) : header.Value ?? "";
}
