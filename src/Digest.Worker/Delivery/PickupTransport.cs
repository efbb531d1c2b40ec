using Digest.Worker.Storage;

namespace Digest.Worker.Delivery;

/// <summary>
/// Writes each mail as a complete message into a folder. The file's name is the mail's own, so a repeat overwrites itself,
/// and it appears only when its octets are on the disk.
/// </summary>
internal sealed class PickupTransport(DeliveryOptions options, StorageOptions storage) : ITransport, ITransportSession
{
    private readonly string folder = PathOf(options, storage);

    public string Name => folder;

    public int Connections => 1;

    public int Weight => 1;

    public string Folder => folder;

    public static string PathOf(DeliveryOptions options, StorageOptions storage) => options.PickupFolder ?? Path.Combine(storage.DataFolder, "pickup");

    public ITransportSession Open() => this;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<SendResult.HostFailed?> ConnectAsync(CancellationToken stopping) => Task.FromResult<SendResult.HostFailed?>(null);

    public async Task<SendResult> SendAsync(Func<bool, OutgoingMail> compose, Func<OutgoingMail, Task<bool>> mark)
    {
        var mail = compose(true);
        var name = $"{mail.Date.UtcDateTime:yyyyMMdd-HHmmss}-{mail.MessageId[..16]}.eml";
        var temporary = Path.Combine(folder, $".{name}.{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            await WriteAsync(temporary, mail.WriteTo);
            if (!await mark(mail))
            {
                File.Delete(temporary);
                return new SendResult.Withdrawn();
            }
            // First the data: whoever finds a message finds both.
            if (mail.Data is { } data)
            {
                await WriteAsync(temporary + ".json", file => file.Write(data.Span));
                File.Move(temporary + ".json", Path.Combine(folder, Path.ChangeExtension(name, ".json")), overwrite: true);
            }
            File.Move(temporary, Path.Combine(folder, name), overwrite: true);
            return new SendResult.Accepted($"written to {name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SendResult.HostFailed(HostTrouble.Folder, $"The pickup folder {folder} cannot be written: {e.Message}");
        }
    }

    private static async Task WriteAsync(string path, Action<Stream> write)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(file);
        file.Flush(flushToDisk: true);
    }
}
