using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>What servers say in words. The order of the table is the order of judgement.</summary>
internal static class BouncePhrases
{
    private static readonly (string Level, PhraseList Phrases, PhraseMeaning Meaning)[] Sections = Read();

    public static PhraseMeaning? Find(string flattened)
    {
        foreach (var (level, phrases, meaning) in Sections)
            if (level != "weak" && phrases.IsIn(flattened))
                return meaning;
        return null;
    }

    /// <summary>
    /// Words that are a sentence's frame ("recipient address rejected"): where a reason of its own follows, they say nothing.
    /// </summary>
    public static PhraseMeaning? FindWeak(string flattened)
    {
        foreach (var (level, phrases, meaning) in Sections)
            if (level == "weak" && phrases.IndexIn(flattened) is >= 0 and var at && !HasReason(flattened.AsSpan(at)))
                return meaning;
        return null;
    }

    private static bool HasReason(ReadOnlySpan<char> said)
    {
        var end = said.IndexOfAny('.', '(', ';');
        var sentence = end < 0 ? said : said[..end];
        return sentence.IndexOf(':') is > 0 and var colon && sentence[(colon + 1)..].TrimStart() is [var next, ..] && char.IsLetter(next);
    }

    private static (string, PhraseList, PhraseMeaning)[] Read()
    {
        var table = WordTable.Load("bounce-phrases");
        return [.. table.Names.Where(name => name.Length > 0).Select(name =>
        {
            // A third word parts sections of one reason that stand in different places of the order.
            if (name.Split(' ') is not [var level, var reason, ..])
                throw new InvalidOperationException($"The section [{name}] of the table of phrases needs a level and a reason.");
            return (level, new PhraseList(table.Section(name)), new PhraseMeaning(level == "soft" ? Severity.Soft : Severity.Hard, reason, level == "sure"));
        })];
    }
}

/// <param name="IsSure">True wherever and with whatever status it is said.</param>
internal sealed record PhraseMeaning(Severity Severity, string Reason, bool IsSure);
