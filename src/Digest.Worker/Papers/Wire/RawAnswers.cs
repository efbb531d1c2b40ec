using System.Globalization;
using System.IO.Compression;
using Digest.Worker.Storage;

namespace Digest.Worker.Papers.Wire;

/// <summary>The folder of raw answers: <c>raw/yyyy-MM-dd/SOURCE-HHmmss-N.gz</c> under the data folder.</summary>
internal sealed class RawAnswers(StorageOptions storage, PapersOptions papers, TimeProvider time)
{
    private const string DayFormat = "yyyy-MM-dd";
    private readonly string folder = Path.Combine(storage.DataFolder, "raw");
    private int last;

    /// <exception cref="TooLargeException">The body is larger than its stream allows.</exception>
    public async Task<RawAnswer> KeepAsync(string source, Stream body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = Directory.CreateDirectory(Path.Combine(folder, now.ToString(DayFormat, CultureInfo.InvariantCulture)));
        var name = string.Concat(source.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var path = Path.Combine(day.FullName, $"{name}-{now.ToString("HHmmss", CultureInfo.InvariantCulture)}-{Environment.ProcessId}-{Interlocked.Increment(ref last)}.gz");
        try
        {
            await using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            await body.CopyToAsync(packed, cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        return new RawAnswer(path, papers.KeepRawDays > 0);
    }

    /// <summary>Removes the days that are older than <c>Papers:KeepRawDays</c>.</summary>
    public void Forget()
    {
        if (!Directory.Exists(folder))
            return;
        var oldest = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-papers.KeepRawDays);
        foreach (var day in Directory.GetDirectories(folder))
            if (DateOnly.TryParseExact(Path.GetFileName(day), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < oldest)
                Directory.Delete(day, recursive: true);
    }
}
