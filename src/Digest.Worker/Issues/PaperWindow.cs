using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>
/// The papers as they stood when a run of composing began: read and counted once for all its subscribers. The last seven days say what is
/// common and what is rare; what came before is read when somebody still waits for it.
/// </summary>
internal sealed class PaperWindow
{
    private readonly PaperStore _papers;
    private readonly long _weekBegins;
    private readonly Dictionary<long, PaperReading> _readings = [];
    private readonly SortedDictionary<long, Paper> _known = [];
    private long _from;
    private MatchRun? _run;

    private PaperWindow(PaperStore papers, KnownLines lines, long weekBegins, IReadOnlyList<Paper> week)
    {
        (_papers, Lines, _weekBegins, _from) = (papers, lines, weekBegins, weekBegins);
        foreach (var paper in week)
            _known.Add(paper.Id, paper);
        Highest = week.Count > 0 ? week[^1].Id : weekBegins;
        Week = [.. Read(week)];
        Corpus = Corpus.Of(Week);
    }

    /// <summary>The newest paper.</summary>
    public long Highest { get; }

    /// <summary>The papers of the last seven days.</summary>
    public IReadOnlyList<PaperReading> Week { get; }

    public Corpus Corpus { get; }

    /// <summary>What the profiles of the run ask for: popular lines are parsed once.</summary>
    public KnownLines Lines { get; }

    /// <summary>Why papers fit those lines.</summary>
    public KnownFindings Findings { get; } = new();

    public static async Task<PaperWindow> OpenAsync(PaperStore papers, KnownLines lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var begins = await papers.HighestIdBeforeAsync(now.AddDays(-VolumePromise.Week), cancellationToken);
        return new PaperWindow(papers, lines, begins, await papers.NewerThanAsync(begins, cancellationToken));
    }

    /// <summary>The papers that arrived after <paramref name="watermark"/>, in the order of arrival.</summary>
    public async Task<IReadOnlyList<Paper>> NewerThanAsync(long watermark, CancellationToken cancellationToken)
    {
        if (watermark < _from)
        {
            foreach (var paper in (await _papers.NewerThanAsync(watermark, cancellationToken)).TakeWhile(paper => paper.Id <= _weekBegins))
                _known.TryAdd(paper.Id, paper);
            _from = watermark;
        }
        return [.. _known.Values.Where(paper => paper.Id > watermark)];
    }

    /// <summary>Those of these papers that are not withdrawn, in their order; what the window has is not read again.</summary>
    public async Task<IReadOnlyList<Paper>> OfferableAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var others = (await _papers.FindOfferableAsync([.. ids.Where(id => id <= _from)], cancellationToken)).ToDictionary(paper => paper.Id);
        return [.. ids.Select(id => _known.GetValueOrDefault(id) ?? others.GetValueOrDefault(id)).OfType<Paper>()];
    }

    /// <summary>
    /// Papers read against the profiles of many. Where those before had the same papers, and these ask for no line that is new, the papers are not read again,
    /// which is so on a day on which no profile has a line that is new.
    /// </summary>
    public MatchRun Over(ProfileIndex profiles, IReadOnlyList<Paper> papers)
    {
        IReadOnlyList<PaperReading> readings = [.. Read(papers)];
        if (_run is null || !profiles.Join(_run, readings))
        {
            // Let go before there is another: it is the largest thing of a run.
            _run = null;
            _run = profiles.Over(readings, Corpus, Findings);
        }
        return _run;
    }

    /// <summary>Forgets what was read for many, to make room.</summary>
    public void LetGo() => _run = null;

    /// <summary>The papers cut into words, each once a run.</summary>
    public IEnumerable<PaperReading> Read(IEnumerable<Paper> papers)
    {
        foreach (var paper in papers)
        {
            if (!_readings.TryGetValue(paper.Id, out var reading))
                _readings.Add(paper.Id, reading = new PaperReading(paper));
            yield return reading;
        }
    }
}
