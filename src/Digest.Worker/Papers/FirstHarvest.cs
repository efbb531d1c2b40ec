namespace Digest.Worker.Papers;

/// <summary>
/// A service that is started after the deadline of its sources would compose at once, of nothing, while it is still asking them. So it waits until each
/// was asked, by itself or in the hour before by another worker, but not for ever.
/// </summary>
internal sealed class FirstHarvest(PaperStore papers, PapersOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Shortly = TimeSpan.FromHours(1);

    private readonly DateTimeOffset began = time.GetUtcNow();
    private readonly long since = time.GetTimestamp();
    private bool isOver;

    public async Task<bool> IsOverAsync(CancellationToken cancellationToken) =>
        isOver = isOver || time.GetElapsedTime(since) >= Patience || await WereAllAskedAsync(cancellationToken);

    private async Task<bool> WereAllAskedAsync(CancellationToken cancellationToken)
    {
        var asked = await papers.AskedSinceAsync(began - Shortly, cancellationToken);
        return options.Sources.All(source => asked.Contains(source.Name));
    }
}
