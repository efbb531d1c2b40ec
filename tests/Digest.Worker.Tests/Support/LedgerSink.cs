using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Digest.Worker.Tests.Support;

/// <summary>A server that writes down recipient, Message-ID and the hash of the octets, on the disk, before it answers 250: the truth about what was accepted.</summary>
internal sealed class LedgerSink : IAsyncDisposable
{
    private readonly FileStream ledger;
    private readonly SemaphoreSlim one = new(1, 1);

    /// <param name="slowness">The longest wait before RCPT is answered, so that a run lasts. It is not put behind the final dot: there every
    /// kill of a client leaves doubt with any sender (RFC 1047).</param>
    public LedgerSink(string path, TimeSpan slowness)
    {
        ledger = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        Server = new LoopbackSmtp(new SmtpScript { BeforeFinalAnswer = WriteAsync, AtRecipient = _ => Task.Delay(slowness * Random.Shared.NextDouble()) });
    }

    public LoopbackSmtp Server { get; }

    public ConcurrentQueue<LedgerLine> Lines { get; } = new();

    /// <summary>So many mails more than there are recipients.</summary>
    public int Repeats => Lines.Count - Lines.Select(line => line.Recipient).Distinct().Count();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await ledger.DisposeAsync();
        one.Dispose();
    }

    private async Task WriteAsync(RecordedMail mail)
    {
        var line = new LedgerLine(mail.Recipient, mail.Parse().MessageId ?? "", Convert.ToHexStringLower(SHA256.HashData(mail.Octets)));
        await one.WaitAsync();
        try
        {
            await ledger.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{line.Recipient} {line.MessageId} {line.Hash}\n"));
            ledger.Flush(flushToDisk: true);
            Lines.Enqueue(line);
        }
        finally
        {
            one.Release();
        }
    }
}

internal sealed record LedgerLine(string Recipient, string MessageId, string Hash);
