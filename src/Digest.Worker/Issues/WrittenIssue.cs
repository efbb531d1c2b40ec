namespace Digest.Worker.Issues;

/// <summary>An issue as its row has it.</summary>
/// <param name="Papers">Those that it shows, in their order.</param>
/// <param name="PaperIds">The same as JSON in UTF-8, as are those behind it.</param>
internal sealed record WrittenIssue(long SubscriberId, DateTimeOffset DueAt, DateTimeOffset ComposedAt, DateOnly LocalDate, bool Trending, IReadOnlyList<long> Papers,
    ReadOnlyMemory<byte> PaperIds, ReadOnlyMemory<byte> Reader, ReadOnlyMemory<byte> Receipt, ReadOnlyMemory<byte> Choices);
