using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>The head lines of a mail as mail programs print them above a quote, in many languages.</summary>
internal static class MailHeaderNames
{
    private static readonly HashSet<string> Names = new(WordTable.Load("mail-header-names").Entries.Select(PhraseList.Flatten), StringComparer.Ordinal);

    public static bool IsHeader(string line)
    {
        var colon = line.IndexOfAny([':', '：']);
        if (colon is < 1 or > 40)
            return false;
        return Names.Contains(PhraseList.Flatten(line[..colon].Trim(' ', '\t', '*', '>', '|', '\u3000').Replace("\u3000", "", StringComparison.Ordinal)));
    }
}
