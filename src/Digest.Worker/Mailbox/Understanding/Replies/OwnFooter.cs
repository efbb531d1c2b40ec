using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>Our own words, wherever they stand: a footer that comes back unquoted never counts as a wish.</summary>
internal static class OwnFooter
{
    private static readonly PhraseList Words = new(WordTable.Load("own-words").Entries);

    public static string Remove(string text) => string.Join('\n', text.Split('\n').Where(line => !IsOurs(line)));

    private static bool IsOurs(string line) => line.Length < 2000 && Words.IsIn(PhraseList.Flatten(line));
}
