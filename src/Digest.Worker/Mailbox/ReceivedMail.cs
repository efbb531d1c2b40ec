using System.Text;
using Digest.Worker.Mailbox.Reading;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Storage;

namespace Digest.Worker.Mailbox;

/// <summary>Handles one mail that comes through a pipe instead of a mailbox.</summary>
internal sealed class ReceivedMail(MailboxRun run, StorageOptions storage)
{
    /// <param name="recipient">The envelope recipient; null where the mail itself tells.</param>
    public async Task<(bool Handled, string Text)> HandleAsync(Stream input, string? recipient, CancellationToken cancellationToken)
    {
        var octets = await ReadAsync(input, recipient, cancellationToken);
        var tally = new MailboxTally();
        var fate = await run.HandleAsync(new IncomingMail(octets, "received"), tally, cancellationToken);
        if (fate == MailFate.SetAside)
            await KeepAsync(octets, cancellationToken);
        var report = tally.Report(null);
        return (fate != MailFate.Later, fate switch
        {
            MailFate.Later => "It could not be handled; try again.",
            MailFate.SetAside => "It could not be handled three times and is set aside.",
            _ => report.Known > 0 ? "It was handled before." : string.Join(", ", report.Effects.Keys),
        });
    }

    private static async Task<byte[]> ReadAsync(Stream input, string? recipient, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        if (recipient is not null && AddressText.IsAddress(recipient))
            memory.Write(Encoding.UTF8.GetBytes($"Delivered-To: {recipient}\r\n"));
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await input.ReadAsync(buffer, cancellationToken)) > 0)
            if (memory.Length < MailLimits.Octets)
                memory.Write(buffer, 0, read);
        return memory.ToArray();
    }

    private async Task KeepAsync(byte[] octets, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(storage.DataFolder, "mailbox-failed")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(octets))[..32]}.eml"), octets, cancellationToken);
    }
}
