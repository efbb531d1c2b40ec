using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digest.Worker.Storage;

/// <summary>
/// One file with all that an installation is: the database as of one moment (SQLite's own online backup, so the service may be sending), and
/// the installation key, without which links and reply addresses in mails already sent would be dead. Whoever has it can write tokens:
/// it is made readable for its owner alone.
/// </summary>
internal sealed class Backup(Database database, InstallationKey installation, TimeProvider time)
{
    public const string DatabaseName = "digest.db";
    public const string KeyName = "installation.key";
    public const string NoteName = "backup.json";

    /// <summary>Writes the file; an older one of that name is replaced when the new one is whole.</summary>
    public async Task<BackupNote> WriteAsync(string path, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder(path);
        var copy = work.File(DatabaseName);
        await database.CopyAsync(copy, cancellationToken);
        var note = new BackupNote(time.GetUtcNow(), await SnapshotStore.VersionAsync(copy, cancellationToken), await SnapshotStore.CountsAsync(copy, cancellationToken));
        await File.WriteAllTextAsync(work.File(NoteName), JsonSerializer.Serialize(note), cancellationToken);
        File.Copy(installation.FilePath, work.File(KeyName));
        var unfinished = work.File("archive");
        await using (var file = new FileStream(unfinished, Private()))
        {
            await using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            await using (var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true))
                foreach (var name in new[] { NoteName, KeyName, DatabaseName })
                    await tar.WriteEntryAsync(work.File(name), name, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        // Read back before it replaces an older one: a backup that cannot be read is none.
        await using (var opened = await OpenedBackup.ReadAsync(unfinished, path, cancellationToken))
            await opened.VerifyAsync(cancellationToken);
        File.Move(unfinished, path, overwrite: true);
        return note;
    }

    private static FileStreamOptions Private()
    {
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return mode;
    }
}

/// <summary>What stands in a backup beside the data.</summary>
/// <param name="Version">The newest migration of the database.</param>
/// <param name="Counts">Rows by table.</param>
internal sealed record BackupNote(DateTimeOffset MadeAt, long Version, IReadOnlyDictionary<string, long> Counts)
{
    private static readonly Dictionary<string, (string One, string Many)> Names = new()
    {
        ["suppression"] = ("suppressed address", "suppressed addresses"),
        ["outbox"] = ("mail", "mails"),
    };

    /// <summary>What it holds, in words.</summary>
    [JsonIgnore]
    public string Contents => string.Join(", ", Counts.Select(count =>
    {
        var (one, many) = Names.GetValueOrDefault(count.Key, (count.Key, count.Key + "s"));
        return $"{count.Value} {(count.Value == 1 ? one : many)}";
    }));
}

/// <summary>The file is no backup, or a damaged one.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
