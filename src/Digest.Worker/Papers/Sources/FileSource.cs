using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Papers.Sources;

/// <summary>JSON lines in a file or a folder: offers each paper from its announced day on (UTC), one without a day at once.</summary>
internal sealed class FileSource(SourceContext context) : IPaperSource
{
    private readonly string path = context.Options.Path!;

    public string Name => context.Options.Name;

    /// <summary>The cursor tells the files and the day that were read: nothing is read again while both are the same.</summary>
    public Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            var today = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
            var files = Files();
            var state = $"{today:yyyy-MM-dd} {string.Join(' ', files.Select(file => $"{file.Length}@{file.LastWriteTimeUtc.Ticks}"))}";
            return Task.FromResult(state == cursor ? new Fetched([], [], cursor) : Read(files, today, state, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"{path}: {e.Message}", e);
        }
    }

    private static Fetched Read(IReadOnlyList<FileInfo> files, DateOnly today, string state, CancellationToken cancellationToken)
    {
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var content = file.OpenRead();
            try
            {
                var reading = JsonLinesFormat.Read(content, file.Name, today);
                entries.AddRange(reading.Entries);
                setAside.AddRange(reading.SetAside);
            }
            catch (AnswerException e)
            {
                setAside.Add(new SetAside(e.Message, file.Name));
            }
        }
        return new Fetched(entries, setAside, state);
    }

    private IReadOnlyList<FileInfo> Files()
    {
        if (Directory.Exists(path))
            return [.. new DirectoryInfo(path).GetFiles("*.jsonl").OrderBy(file => file.Name, StringComparer.Ordinal)];
        return File.Exists(path) ? [new FileInfo(path)] : throw new SourceException($"{path}: there is no such file or folder");
    }
}
