using System.Text;

namespace Digest.Worker.Tests.Support;

/// <summary>An independent reading of a raw message against the standards; knows nothing of the code that made it.</summary>
internal static class HeaderChecker
{
    private static readonly string[] ExactlyOnce = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To"];

    private static readonly string[] OfAnIssue = ["List-Id", "List-Unsubscribe", "List-Help", "List-Subscribe", "List-Owner", "List-Post", "Auto-Submitted", "Precedence", "Feedback-ID"];

    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<string> Check(byte[] octets, bool issue)
    {
        var faults = new List<string>();
        CheckOctets(octets, faults);
        var text = Encoding.Latin1.GetString(octets);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return [.. faults, "no empty line behind the headers"];
        var fields = Unfold(text[..end], faults);
        foreach (var name in ExactlyOnce.Concat(issue ? OfAnIssue : []))
            if (fields.Count(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is var count && count != 1)
                faults.Add($"{name} stands {count} times");
        foreach (var (name, value) in fields)
            CheckField(name, value, faults);
        return faults;
    }

    private static void CheckOctets(byte[] octets, List<string> faults)
    {
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] == 0)
                faults.Add($"NUL at {i}");
            if (octets[i] == '\r' && (i + 1 == octets.Length || octets[i + 1] != '\n'))
                faults.Add($"a bare CR at {i}");
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r'))
                faults.Add($"a bare LF at {i}");
            length = octets[i] == '\n' ? 0 : length + 1;
            if (length == 1000)
                faults.Add($"a line over 998 octets at {i}");
        }
    }

    private static List<(string Name, string Value)> Unfold(string block, List<string> faults)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var line in block.Split("\r\n"))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                if (fields.Count == 0 || line.Trim().Length == 0)
                    faults.Add("a continuation line without content or without a field");
                else
                    fields[^1] = (fields[^1].Name, fields[^1].Value + "\n" + line);
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line[..colon].Any(c => c is <= ' ' or > '~'))
                faults.Add($"not a header field: {line}");
            else
                fields.Add((line[..colon], line[(colon + 1)..]));
        }
        return fields;
    }

    private static void CheckField(string name, string value, List<string> faults)
    {
        if (value.Any(c => c > 126 || c < ' ' && c is not ('\n' or '\t')))
            faults.Add($"{name} holds an octet that is not printable ASCII");
        foreach (var line in value.Split('\n'))
        {
            if (line.Length + name.Length > 998)
                faults.Add($"{name} has a line over 998");
            foreach (var word in line.Split([' ', '\t', '(', ')', ',', '<', '>'], StringSplitOptions.RemoveEmptyEntries))
                if (word.StartsWith("=?", StringComparison.Ordinal) && word.Length > 75)
                    faults.Add($"{name} has an encoded word of {word.Length}");
        }
        if (name == "Message-ID" && !System.Text.RegularExpressions.Regex.IsMatch(value.Trim(), "^<[a-z0-9]+@[a-z0-9.-]+>$"))
            faults.Add($"Message-ID is {value}");
        if (name == "List-Unsubscribe-Post" && value.Trim() != "List-Unsubscribe=One-Click")
            faults.Add($"List-Unsubscribe-Post is {value}");
    }
}
