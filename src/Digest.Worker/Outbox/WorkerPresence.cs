using System.Security.Cryptography;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>
/// Who works on the outbox now. Each worker holds a lock on a file of its own for as long as its process lives; the kernel lets go of
/// it however the process ends. So a start after kill -9 knows at once which claims are orphans, and never takes those of a
/// second worker that is alive. Where workers share no folder, the leases alone decide.
/// </summary>
internal sealed class WorkerPresence : IDisposable
{
    private readonly string folder;
    private readonly FileStream held;

    public WorkerPresence(StorageOptions options)
    {
        folder = Path.Combine(options.DataFolder, "workers");
        Directory.CreateDirectory(folder);
        Worker = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        held = new FileStream(Path.Combine(folder, Worker), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        Notes = new SentNotes(held.SafeFileHandle);
    }

    /// <summary>True when a worker of this data folder lives.</summary>
    public static bool IsAnyAlive(StorageOptions options) =>
        Path.Combine(options.DataFolder, "workers") is var folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(IsHeld);

    /// <summary>The final answers that this worker has read.</summary>
    public SentNotes Notes { get; }

    /// <summary>The claim token of this worker: 64 random bits, new in every process.</summary>
    public string Worker { get; }

    /// <summary>Workers of this data folder that are gone.</summary>
    public IReadOnlyList<string> Dead() =>
        [.. Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != Worker && !IsHeld(path)).Select(path => Path.GetFileName(path))];

    /// <summary>The final answers that a dead worker had read.</summary>
    public IReadOnlyList<SentNote> NotesOf(string dead)
    {
        try
        {
            return SentNotes.Read(Path.Combine(folder, dead));
        }
        catch (IOException)
        {
            // Another worker that starts now is faster: it settles them.
            return [];
        }
    }

    /// <summary>Becomes the one worker of this data folder that sends, where limits hold for all of them together.</summary>
    /// <returns>Null: another one is; else it is the one until this is disposed, or the process ends.</returns>
    public IDisposable? TryBeSoleSender()
    {
        try
        {
            return new FileStream(Path.Combine(folder, "..", "sending.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Forgets workers whose claims have been taken back.</summary>
    public void Bury(IEnumerable<string> dead)
    {
        foreach (var worker in dead)
            File.Delete(Path.Combine(folder, worker));
    }

    public void Dispose() => held.Dispose();

    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
