using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Retention;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary>
/// Puts a backup in the place of the installation. What the current database knows was sent is carried over, or where it is lost or damaged
/// what the ledger knows; what neither knows is held in doubt for the operator. The old files are moved aside, not deleted.
/// </summary>
internal sealed class Restore(StorageOptions options, SentLedger ledger, Lazy<EraseAgain> eraseAgain, TimeProvider time)
{
    private string DatabasePath => DatabaseFile.Of(options);

    private string KeyPath => Path.Combine(Path.GetFullPath(options.DataFolder), Backup.KeyName);

    /// <exception cref="BackupException">It cannot be restored.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var backup = await OpenAsync(path, cancellationToken);
        return [Tell(backup)];
    }

    /// <exception cref="BackupException">It cannot be restored; nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string path, CancellationToken cancellationToken)
    {
        if (WorkerPresence.IsAnyAlive(options))
            throw new BackupException("The service is running on this data folder: stop it first.");
        await using var backup = await OpenAsync(path, cancellationToken);
        var lines = new List<string> { Tell(backup) };
        await MigrateAsync(backup.Database, cancellationToken);
        lines.Add(await CarryOverAsync(backup, cancellationToken));
        lines.AddRange(Exchange(backup));
        // On the restored database, with its key.
        if (await eraseAgain.Value.RunAsync(cancellationToken) is > 0 and var erased)
            lines.Add($"{erased} readers who were erased since the backup was made were erased again.");
        return lines;
    }

    private async Task<OpenedBackup> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new BackupException($"There is no file {path}.");
        var backup = await OpenedBackup.ReadAsync(path, DatabasePath, cancellationToken);
        try
        {
            await backup.VerifyAsync(cancellationToken);
            if (File.Exists(KeyPath) && File.Exists(DatabasePath) && (await File.ReadAllTextAsync(KeyPath, cancellationToken)).Trim() != (await File.ReadAllTextAsync(backup.Key, cancellationToken)).Trim())
                throw new BackupException($"The backup is of another installation: its key is not that of {KeyPath}. Move the database and the key away if you mean it.");
            return backup;
        }
        catch
        {
            await backup.DisposeAsync();
            throw;
        }
    }

    private async Task<string> CarryOverAsync(OpenedBackup backup, CancellationToken cancellationToken)
    {
        var damaged = File.Exists(DatabasePath) ? await SnapshotStore.FaultAsync(DatabasePath, cancellationToken) : "it is gone";
        if (damaged is null)
        {
            await MigrateAsync(DatabasePath, cancellationToken);
            var over = await CarryOverStore.FromCurrentAsync(backup.Database, DatabasePath, ledger.Read(), cancellationToken);
            return $"From the current database: {over.Sent} mails that were sent and are not sent again, {over.Issues} issues, {over.Papers} papers, {over.Left} readers who left.";
        }
        var known = ledger.Read();
        var messageIds = MessageIds(backup);
        var held = await CarryOverStore.FromLedgerAsync(backup.Database, known, messageIds, time.GetUtcNow(), cancellationToken);
        return $"The current database tells nothing ({damaged}). From the ledger: {known.Count} mails that are not sent again. {held} mails that waited when the backup was made are held: look with 'deliveries status', then 'deliveries retry --state InDoubt' or 'deliveries drop --state InDoubt'.";
    }

    private static Func<string, string> MessageIds(OpenedBackup backup)
    {
        var folder = Path.GetDirectoryName(backup.Key)!;
        return new MessageId(new InstallationKey(new StorageOptions { DataFolder = folder }), new SenderOptions()).Local;
    }

    private IEnumerable<string> Exchange(OpenedBackup backup)
    {
        var aside = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        foreach (var old in new[] { DatabasePath, DatabasePath + "-wal", DatabasePath + "-shm" }.Where(File.Exists))
        {
            File.Move(old, $"{old}.before-restore-{aside}", overwrite: true);
            yield return $"{old} was moved to {Path.GetFileName(old)}.before-restore-{aside}.";
        }
        File.Move(backup.Key, KeyPath, overwrite: true);
        File.Move(backup.Database, DatabasePath);
        yield return $"{DatabasePath} is restored; start the service.";
    }

    private Task<IReadOnlyList<string>> MigrateAsync(string path, CancellationToken cancellationToken) =>
        new Migrations(new Database(new SqliteDialect(options with { ConnectionString = $"Data Source={path};Pooling=False" })), time).ApplyAsync(cancellationToken);

    private static string Tell(OpenedBackup backup) => string.Create(CultureInfo.InvariantCulture,
        $"The backup of {backup.Note.MadeAt:yyyy-MM-dd HH:mm} UTC is whole: version {backup.Note.Version}, {backup.Note.Contents}.");
}
