using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>
/// A Maildir: what lies in <c>new</c> is read and moved to <c>cur</c> with the flag S. Machine mail waits behind human mail, so that a flood
/// of bounces delays no reader's wish.
/// </summary>
internal sealed class MaildirSource(MailboxOptions options) : IMailboxSource
{
    /// <summary>Machine mails handled before the folder is looked at again.</summary>
    private const int Group = 200;

    public async Task ReadAsync(Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken)
    {
        Prepare();
        var left = new HashSet<string>(StringComparer.Ordinal);
        var machines = new Dictionary<string, bool>(StringComparer.Ordinal);
        while (Waiting(left) is { Count: > 0 } files)
        {
            foreach (var file in files)
                if (!machines.ContainsKey(file))
                    machines[file] = await IsMachineAsync(file, cancellationToken);
            foreach (var file in files.Where(file => !machines[file]).Concat(files.Where(file => machines[file]).Take(Group)))
                if (!await ReadOneAsync(file, handle, cancellationToken))
                    left.Add(file);
        }
    }

    private void Prepare()
    {
        try
        {
            foreach (var folder in new[] { "new", "cur", "tmp" })
                Directory.CreateDirectory(Path.Combine(options.Folder, folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailboxException($"The Maildir {options.Folder} cannot be used: {e.Message}", e);
        }
    }

    private List<string> Waiting(HashSet<string> left) =>
        [.. Directory.EnumerateFiles(Path.Combine(options.Folder, "new")).Where(file => !left.Contains(file)).Order(StringComparer.Ordinal)];

    private static async Task<bool> IsMachineAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var head = new byte[4096];
            var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            return Triage.LooksLikeMachine(head.AsSpan(0, length));
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>False when the mail stays in <c>new</c>.</summary>
    private async Task<bool> ReadOneAsync(string file, Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var fate = await handle(new IncomingMail(await OctetsAsync(file, cancellationToken), Path.GetFileName(file)), cancellationToken);
            if (fate == MailFate.Later)
                return false;
            Move(file, fate == MailFate.Done ? Path.Combine(options.Folder, "cur") : FailedFolder());
            return true;
        }
        catch (FileNotFoundException)
        {
            // Another reader was faster; the table of what was handled decides, not the file.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<byte[]> OctetsAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var octets = new byte[Math.Min(stream.Length, MailLimits.Octets)];
        await stream.ReadExactlyAsync(octets, cancellationToken);
        return octets;
    }

    private static void Move(string file, string folder) => File.Move(file, Path.Combine(folder, $"{Path.GetFileName(file).Split(":2,")[0]}:2,S"), overwrite: true);

    /// <summary>A Maildir++ folder beside the others.</summary>
    private string FailedFolder()
    {
        var failed = Path.Combine(options.Folder, ".Failed");
        foreach (var folder in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(Path.Combine(failed, folder));
        return Path.Combine(failed, "cur");
    }
}
