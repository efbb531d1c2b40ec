namespace Digest.Worker.Telemetry;

/// <summary>
/// What no line of the log may hold: the secrets in the settings, and the passwords in files. Those may be renewed while we run; the ones
/// before are kept in mind, for a server may still speak of them.
/// </summary>
internal sealed class LogSecrets
{
    private const int Shortest = 4;

    private readonly Lock one = new();
    private readonly (string Path, DateTime Read)[] files;
    private volatile string[] known;

    /// <param name="values">Shorter ones than four characters are left alone: too much else looks like them.</param>
    /// <param name="files">Their first lines.</param>
    public LogSecrets(IEnumerable<string> values, IEnumerable<string> files)
    {
        known = LongestFirst(values);
        this.files = [.. files.Distinct().Select(file => (file, default(DateTime)))];
    }

    /// <summary>The longest first, so that none is left over of one that begins like another.</summary>
    public IReadOnlyList<string> All()
    {
        if (files.Length > 0)
            lock (one)
                foreach (ref var file in files.AsSpan())
                    if (File.GetLastWriteTimeUtc(file.Path) is var written && written != file.Read && TryAdd(file.Path))
                        file.Read = written;
        return known;
    }

    private bool TryAdd(string file)
    {
        try
        {
            known = LongestFirst([.. known, File.ReadLines(file).FirstOrDefault("").TrimEnd()]);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who needs it tells of it; it is tried again with the next line.
            return false;
        }
    }

    private static string[] LongestFirst(IEnumerable<string> values) => [.. values.Where(value => value.Length >= Shortest).Distinct().OrderByDescending(value => value.Length)];
}
