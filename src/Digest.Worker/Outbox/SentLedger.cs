using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>
/// The Message-IDs of all mails that may have been sent, in a file beside the database: written before the final dot, so that a restore
/// after the loss of the database repeats nothing. At <see cref="Largest"/> a new file is begun and one old one kept.
/// </summary>
internal sealed class SentLedger(StorageOptions options) : IDisposable
{
    private const long Largest = 8 << 20;

    private readonly Lock gate = new();
    private FileStream? file;

    private string Current => Path.Combine(options.DataFolder, "sent.ledger");

    private string Older => Current + ".1";

    /// <summary>Only for a restore: where it cannot be written, the database has the mark, and the mail goes out.</summary>
    public void Add(IEnumerable<string> messageIds)
    {
        var lines = string.Concat(messageIds.Select(id => LocalPart(id) + '\n'));
        if (lines.Length == 0)
            return;
        lock (gate)
        {
            try
            {
                Append(lines);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                file?.Dispose();
                file = null;
            }
        }
    }

    public IReadOnlyList<string> Read() => [.. new[] { Older, Current }.Where(File.Exists).SelectMany(File.ReadLines).Where(line => line.Length > 0).Distinct()];

    public void Dispose() => file?.Dispose();

    /// <summary>What names a mail whatever domain it was sent from.</summary>
    private static string LocalPart(string messageId) => messageId.Split('@')[0];

    private void Append(string lines)
    {
        if (file is { Length: > Largest })
        {
            file.Dispose();
            file = null;
            File.Move(Current, Older, overwrite: true);
        }
        file ??= new FileStream(Current, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Write(System.Text.Encoding.ASCII.GetBytes(lines));
    }
}
