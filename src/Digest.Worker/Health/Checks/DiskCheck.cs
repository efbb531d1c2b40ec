using System.Globalization;
using Digest.Worker.Storage;

namespace Digest.Worker.Health.Checks;

/// <summary>There is room on the volume of the data folder.</summary>
internal sealed class DiskCheck(StorageOptions options) : ICheck
{
    private const string Key = "disk";
    private const long Needed = 32 << 20;
    private const long Comfortable = 512 << 20;

    public bool IsVital => true;

    public Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckResult>>([Look()]);

    private CheckResult Look()
    {
        var folder = Path.GetFullPath(options.DataFolder);
        var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var detail = string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MB are free.");
            if (free < Needed)
                return new CheckResult(Key, CheckState.Failure, "The volume of the data folder is full.") { Detail = detail, Remedy = "Make room or enlarge the volume; the work goes on by itself." };
            File.WriteAllText(probe, "x");
            File.Delete(probe);
            return free < Comfortable
                ? new CheckResult(Key, CheckState.Warning, "The volume of the data folder is almost full.") { Detail = detail, Remedy = "Make room or enlarge the volume. Papers:KeepRawDays and the settings under Retention say how long things are kept." }
                : CheckResult.Ok(Key, $"The data folder can be written, {detail}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new CheckResult(Key, CheckState.Failure, "The data folder cannot be written.") { Detail = e.Message, Remedy = $"Let the user of the service (uid 1654 in the container) write into {folder}." };
        }
    }
}
