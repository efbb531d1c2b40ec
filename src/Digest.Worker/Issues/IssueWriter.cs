using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>Writes issues as they are stored. Where there are many, before the transaction: while it is open nobody else may write.</summary>
internal static class IssueWriter
{
    /// <param name="texts">Where its texts stand.</param>
    public static WrittenIssue Write(Issue issue, WrittenTexts texts)
    {
        var written = Begin(issue, texts);
        End(written, texts);
        return written;
    }

    /// <summary>Writes what is made of the papers. Who composes has more to do than who stores, and leaves the rest to them: <see cref="End"/>.</summary>
    public static WrittenIssue Begin(Issue issue, WrittenTexts texts)
    {
        var papers = new long[issue.Choices.Count];
        for (var place = 0; place < papers.Length; place++)
            papers[place] = issue.Choices[place].Paper.Id;
        ChoiceWriter.Write(texts.Begin(), issue.Choices);
        return new WrittenIssue(issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, issue.Trending, papers, texts.End(), issue.Reader, issue.Receipt);
    }

    public static void End(WrittenIssue issue, WrittenTexts texts)
    {
        PaperIds.Write(texts.Begin(), issue.Papers);
        issue.PaperIds = texts.End();
        ReaderWriter.Write(texts.Begin(), issue.Reader);
        issue.ReaderText = texts.End();
        JsonSerializer.Serialize(texts.Begin(), issue.Receipt, IssueColumns.Default.Receipt);
        issue.ReceiptText = texts.End();
    }
}
