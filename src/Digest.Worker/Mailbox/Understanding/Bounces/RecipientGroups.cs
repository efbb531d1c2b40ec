namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>Which groups of a report speak of one recipient. Some servers put blank lines between the fields of one.</summary>
internal static class RecipientGroups
{
    private static readonly string[] Names = ["Final-Recipient", "Original-Recipient", "X-Actual-Recipient"];

    public static IEnumerable<IReadOnlyList<ReportField>> Merge(IReadOnlyList<IReadOnlyList<ReportField>> groups)
    {
        List<ReportField>? open = null;
        foreach (var group in groups)
        {
            var names = Array.Exists(Names, name => group.Value(name) is not null);
            if (names && open is not null && IsNew(open, group))
            {
                yield return open;
                open = [.. group];
            }
            else if (names || open is not null)
            {
                (open ??= []).AddRange(group);
            }
            else if (group.Value("Action") is not null || group.Value("Diagnostic-Code") is not null)
            {
                open = [.. group];
            }
        }
        if (open is not null)
            yield return open;
    }

    private static bool IsNew(List<ReportField> open, IReadOnlyList<ReportField> group) =>
        Array.Exists(Names, name => open.Value(name) is not null && group.Value(name) is not null) || (open.Value("Action") is not null && group.Value("Action") is not null);
}
