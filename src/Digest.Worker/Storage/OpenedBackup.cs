using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Digest.Worker.Storage;

/// <summary>A backup, unpacked into a work folder.</summary>
internal sealed class OpenedBackup : IAsyncDisposable
{
    private readonly WorkFolder work;

    private OpenedBackup(WorkFolder work, BackupNote note) => (this.work, Note) = (work, note);

    public BackupNote Note { get; }

    public string Database => work.File(Backup.DatabaseName);

    public string Key => work.File(Backup.KeyName);

    /// <param name="beside">Where it is unpacked: beside this file.</param>
    /// <exception cref="BackupException">It is no backup, or cut off.</exception>
    public static async Task<OpenedBackup> ReadAsync(string path, string beside, CancellationToken cancellationToken)
    {
        var work = new WorkFolder(beside);
        try
        {
            await using (var file = File.OpenRead(path))
            await using (var zip = new GZipStream(file, CompressionMode.Decompress))
            await using (var tar = new TarReader(zip))
                while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                    if (entry.Name is Backup.DatabaseName or Backup.KeyName or Backup.NoteName)
                        await entry.ExtractToFileAsync(work.File(entry.Name), overwrite: true, cancellationToken);
            foreach (var name in new[] { Backup.DatabaseName, Backup.KeyName, Backup.NoteName })
                if (!File.Exists(work.File(name)))
                    throw new BackupException($"{path} holds no {name}: it is no backup of Digest, or it was cut off.");
            var note = JsonSerializer.Deserialize<BackupNote>(await File.ReadAllTextAsync(work.File(Backup.NoteName), cancellationToken))!;
            return new OpenedBackup(work, note);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException or ArgumentException)
        {
            work.Dispose();
            throw new BackupException($"{path} is no backup of Digest, or it is damaged: {e.Message}", e);
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    /// <exception cref="BackupException">Its database is damaged, or is not what the note says.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (await SnapshotStore.FaultAsync(Database, cancellationToken) is { } fault)
            throw new BackupException($"The database in the backup is damaged: {fault}");
        if (await SnapshotStore.VersionAsync(Database, cancellationToken) != Note.Version)
            throw new BackupException("The database in the backup is not the one that its note speaks of.");
        var counts = await SnapshotStore.CountsAsync(Database, cancellationToken);
        foreach (var (table, rows) in Note.Counts)
            if (counts.GetValueOrDefault(table) != rows)
                throw new BackupException($"The backup should hold {rows} rows of {table}, it holds {counts.GetValueOrDefault(table)}.");
        if (Convert.FromBase64String((await File.ReadAllTextAsync(Key, cancellationToken)).Trim()).Length != 32)
            throw new BackupException("The installation key in the backup is damaged.");
    }

    public ValueTask DisposeAsync()
    {
        work.Dispose();
        return ValueTask.CompletedTask;
    }
}
