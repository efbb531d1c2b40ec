using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>What servers say in words. The order of the table is the order of judgement.</summary>
internal static class BouncePhrases
{
    private static readonly (PhraseList Phrases, PhraseMeaning Meaning)[] Sections = Read();

    public static PhraseMeaning? Find(string flattened)
    {
        foreach (var (phrases, meaning) in Sections)
            if (phrases.IsIn(flattened))
                return meaning;
        return null;
    }

    private static (PhraseList, PhraseMeaning)[] Read()
    {
        var table = WordTable.Load("bounce-phrases");
        return [.. table.Names.Where(name => name.Length > 0).Select(name =>
        {
            var (level, reason) = (name[..name.IndexOf(' ', StringComparison.Ordinal)], name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            return (new PhraseList(table.Section(name)), new PhraseMeaning(level == "soft" ? Severity.Soft : Severity.Hard, reason, level == "sure"));
        })];
    }
}

/// <param name="IsSure">True wherever and with whatever status it is said.</param>
internal sealed record PhraseMeaning(Severity Severity, string Reason, bool IsSure);
