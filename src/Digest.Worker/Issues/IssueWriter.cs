using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>Writes issues as they are stored. Where there are many, before the transaction: while it is open nobody else may write.</summary>
internal static class IssueWriter
{
    /// <param name="texts">Where its texts stand.</param>
    public static WrittenIssue Write(Issue issue, WrittenTexts texts)
    {
        var papers = new long[issue.Choices.Count];
        for (var place = 0; place < papers.Length; place++)
            papers[place] = issue.Choices[place].Paper.Id;
        PaperIds.Write(texts.Begin(), papers);
        var ids = texts.End();
        ReaderWriter.Write(texts.Begin(), issue.Reader);
        var reader = texts.End();
        JsonSerializer.Serialize(texts.Begin(), issue.Receipt, IssueColumns.Default.Receipt);
        var receipt = texts.End();
        ChoiceWriter.Write(texts.Begin(), issue.Choices);
        return new WrittenIssue(issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, issue.Trending, papers, ids, reader, receipt, texts.End());
    }
}
