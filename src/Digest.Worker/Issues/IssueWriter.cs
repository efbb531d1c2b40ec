using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>Writes issues as they are stored: before the transaction, because while it is open nobody else may write. Not thread-safe.</summary>
internal sealed class IssueWriter : IDisposable
{
    private readonly ChoiceWriter choices = new();

    public WrittenIssue Write(Issue issue) => new(issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, issue.Trending, issue.Choices.Count,
        JsonSerializer.Serialize(issue.Reader), JsonSerializer.Serialize(issue.Receipt), PaperIds.Write(issue.Choices), choices.Write(issue.Choices));

    public void Dispose() => choices.Dispose();
}
