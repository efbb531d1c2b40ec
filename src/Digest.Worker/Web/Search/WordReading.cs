using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>Reads the words of papers that arrived, behind the harvest, and knows from the newest papers which words are rare.</summary>
internal sealed partial class WordReading(PaperWordStore words, PaperStore papers, TimeProvider time, ILogger<WordReading> log) : BackgroundService
{
    private const int AtOnce = 500;
    private const int PapersForRarity = 3_000;
    private const int PapersForMerging = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim one = new(1);
    private Corpus? corpus;
    private long corpusFrom;

    /// <summary>How many papers were read since the index was put together; at the start nobody knows.</summary>
    private int unmerged = PapersForMerging;

    /// <summary>Reads one portion of what is not read yet.</summary>
    /// <returns>How many papers it was.</returns>
    public async Task<int> ReadSomeAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            return await words.ReadAsync(AtOnce, PaperWords.Of, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>What is common and what is rare among the newest papers; made anew when many have come.</summary>
    public async Task<Corpus> CorpusAsync(CancellationToken cancellationToken) => await CorpusAsync(await papers.HighestIdAsync(cancellationToken), cancellationToken);

    /// <param name="highest">The newest paper.</param>
    public async Task<Corpus> CorpusAsync(long highest, CancellationToken cancellationToken)
    {
        if (corpus is { } known && highest < corpusFrom + (PapersForRarity / 4) && (known.KnowsRarity || highest == corpusFrom))
            return known;
        await one.WaitAsync(cancellationToken);
        try
        {
            if (corpus is null || corpusFrom != highest)
                (corpus, corpusFrom) = (Corpus.Of((await papers.NewerThanAsync(Math.Max(0, highest - PapersForRarity), cancellationToken)).Select(paper => new PaperReading(paper))), highest);
            return corpus;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Puts the index together: it grows by a part with each portion that is read.</summary>
    public async Task MergeAsync(CancellationToken cancellationToken)
    {
        for (var more = await words.MergeAsync(begin: true, cancellationToken); more;)
            more = await words.MergeAsync(begin: false, cancellationToken);
        unmerged = 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReadSomeAsync(stoppingToken) is var read and > 0)
                    unmerged += read;
                if (unmerged >= PapersForMerging)
                    await MergeAsync(stoppingToken);
                await CorpusAsync(stoppingToken);
            }
            catch (System.Data.Common.DbException e)
            {
                LogFailed(e.Message);
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The words of new papers could not be read and will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
