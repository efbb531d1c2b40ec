namespace Digest.Worker.Issues;

/// <summary>An issue as its row has it; its texts are JSON in UTF-8.</summary>
/// <param name="Papers">Those that it shows, in their order.</param>
/// <param name="Reader">Whom it is for, not yet written out; and so what it counts.</param>
internal sealed record WrittenIssue(long SubscriberId, DateTimeOffset DueAt, DateTimeOffset ComposedAt, DateOnly LocalDate, bool Trending, IReadOnlyList<long> Papers,
    ReadOnlyMemory<byte> Choices, IssueReader Reader, Receipt Receipt)
{
    /// <summary>The numbers of <see cref="Papers"/>; this and what follows when the issue is written to its end.</summary>
    public ReadOnlyMemory<byte> PaperIds { get; set; }

    public ReadOnlyMemory<byte> ReaderText { get; set; }

    public ReadOnlyMemory<byte> ReceiptText { get; set; }
}
