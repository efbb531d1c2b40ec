using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>Writes issues as they are stored: before the transaction, because while it is open nobody else may write. Not thread-safe.</summary>
internal sealed class IssueWriter : IDisposable
{
    private readonly ChoiceWriter choices = new();

    public WrittenIssue Write(Issue issue) => new(issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, issue.Trending,
        [.. issue.Choices.Select(match => match.Paper.Id)], JsonSerializer.Serialize(issue.Reader, IssueColumns.Default.IssueReader),
        JsonSerializer.Serialize(issue.Receipt, IssueColumns.Default.Receipt), choices.Write(issue.Choices));

    public void Dispose() => choices.Dispose();
}
