using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>What companies put under every mail. It is no wish, and no reason not to understand the one above it.</summary>
internal static class Disclaimer
{
    private static readonly string[] Beginnings = [.. WordTable.Load("disclaimers").Entries.Select(PhraseList.Flatten)];

    /// <summary>The text up to the disclaimer; whole where it begins with one, for then it may be the writer's own.</summary>
    public static string Cut(string text)
    {
        var at = text.IndexOf('\n', StringComparison.Ordinal);
        while (at >= 0 && at + 1 < text.Length)
        {
            var end = text.IndexOf('\n', at + 1);
            if (Begins(text[(at + 1)..(end < 0 ? text.Length : end)]))
                return text[..at].TrimEnd();
            at = end;
        }
        return text;
    }

    private static bool Begins(string line)
    {
        var flat = PhraseList.Flatten(line.Length > 200 ? line[..200] : line).TrimStart('*', '_', '-', '=', '"', '[', '(', ' ');
        return flat.Length > 0 && Array.Exists(Beginnings, beginning => flat.StartsWith(beginning, StringComparison.Ordinal));
    }
}
