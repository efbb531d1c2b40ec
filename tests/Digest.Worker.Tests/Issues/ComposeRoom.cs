using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Issues;

/// <summary>An installation whose papers a test lays in by hand and whose clock it moves.</summary>
internal sealed class ComposeRoom : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 26, 6, 0, 0, TimeSpan.Zero);

    private ComposeRoom(Installation installation, FakeTimeProvider clock) => (Installation, Clock) = (installation, clock);

    public Installation Installation { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<ComposeRoom> OpenAsync(params (string Key, string? Value)[] settings)
    {
        var clock = new FakeTimeProvider(Monday);
        return new ComposeRoom(await Installation.CreateAsync(clock, settings.ToDictionary(setting => setting.Key, setting => setting.Value)), clock);
    }

    /// <summary>Lays in papers about a topic; each title tells the topic and a number.</summary>
    public Task<int> ArriveAsync(string topic, int count, int first = 1, int? upvotes = null) =>
        Installation.Get<PaperStore>().AddAsync("test", new Fetched([.. Enumerable.Range(first, count).Select(number => new PaperEntry
        {
            Id = $"{topic}-{number}",
            Title = $"Number {number} on {topic} in practice",
            Abstract = $"We study {topic} once more.",
            Upvotes = upvotes + number,
            Url = $"https://papers.example.org/{Uri.EscapeDataString(topic)}/{number}",
        })], [], null), Clock.GetUtcNow(), CancellationToken.None);

    public Task<ComposeReport> ComposeAsync() => Installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);

    public async Task<Issue> NewestAsync(long subscriberId) => (await Installation.Get<IssueStore>().NewestAsync(subscriberId, CancellationToken.None))!;

    public async Task<IReadOnlyList<string>> TitlesAsync(long subscriberId) => [.. (await NewestAsync(subscriberId)).Choices.Select(choice => choice.Paper.Title)];

    public ValueTask DisposeAsync() => Installation.DisposeAsync();
}
