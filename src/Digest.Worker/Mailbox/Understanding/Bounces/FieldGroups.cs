namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>One field of a report.</summary>
internal readonly record struct ReportField(string Name, string Value);

/// <summary>The groups of fields in a report, divided by blank lines (RFC 3464, 2.1). Folded lines are joined; what is no field is passed over.</summary>
internal static class FieldGroups
{
    private const int Fields = 500;

    public static IReadOnlyList<IReadOnlyList<ReportField>> Parse(string text)
    {
        var groups = new List<IReadOnlyList<ReportField>>();
        var group = new List<ReportField>();
        var count = 0;
        foreach (var line in text.Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                Close();
                continue;
            }
            if (line[0] is ' ' or '\t' && group.Count > 0)
            {
                group[^1] = group[^1] with { Value = Join(group[^1].Value, line.Trim()) };
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !line.AsSpan(0, colon).TrimEnd().ContainsAny(" \t<>") && ++count <= Fields)
                group.Add(new ReportField(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }
        Close();
        return groups;

        void Close()
        {
            if (group.Count > 0)
                groups.Add(group);
            group = [];
        }
    }

    public static string? Value(this IEnumerable<ReportField> group, string name)
    {
        foreach (var field in group)
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return field.Value;
        return null;
    }

    private static string Join(string value, string more) => value.Length > 4096 ? value : $"{value} {more}";
}
