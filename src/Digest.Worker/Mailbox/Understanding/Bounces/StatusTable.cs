using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>What a status code means where no words decide.</summary>
internal static class StatusTable
{
    private static readonly Dictionary<string, Verdict> Codes = WordTable.Load("status-codes").Entries.Select(line => line.Split(' ')).ToDictionary(
        words => words[0], words => new Verdict(words[1] == "hard" ? Severity.Hard : Severity.Soft, words[2]), StringComparer.Ordinal);

    public static Verdict? FindExact(string? code) => code is not null && Codes.TryGetValue(code, out var exact) ? exact : null;

    public static Verdict? Find(string? code)
    {
        if (code is null || code.Split('.') is not [var level, var subject, _])
            return null;
        if (Codes.TryGetValue(code, out var exact) || Codes.TryGetValue($"{level}.{subject}.*", out exact) || Codes.TryGetValue($"{level}.*.*", out exact))
            return exact;
        return null;
    }
}
