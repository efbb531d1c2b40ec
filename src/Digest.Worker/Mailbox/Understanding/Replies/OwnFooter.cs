using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>Our own words, wherever they stand: a footer that comes back unquoted never counts as a wish.</summary>
internal static class OwnFooter
{
    private static readonly WordTable Words = WordTable.Load("own-words");
    private static readonly PhraseList Lines = new(Words.Section("lines"));
    private static readonly PhraseList Footer = new(Words.Section("footer"));

    /// <summary>The text without our lines; from the beginning of our footer on nothing is left, for the commands it offers look like wishes.</summary>
    public static string Remove(string text)
    {
        var kept = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var flat = PhraseList.Flatten(line.Length > 2000 ? line[..2000] : line);
            if (Footer.IsIn(flat))
                break;
            if (!Lines.IsIn(flat))
                kept.Add(line);
        }
        return string.Join('\n', kept);
    }
}
