using System.Net.Sockets;

namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// The socket to a relay. What is written waits until it is a large piece, or an answer is read, or <see cref="PushAsync"/> is called: the mail library
/// writes 4 kB at a time and flushes in between, and each would be a call into the kernel and a packet. It also sees what no library tells: an answer put behind the one to STARTTLS.
/// </summary>
internal sealed class WireStream(Socket socket) : Stream
{
    private const int Piece = 64 * 1024;

    private readonly NetworkStream network = new(socket, ownsSocket: true);
    private readonly byte[] buffer = new byte[Piece];
    private CancellationTokenSource patience = new();
    private int waiting;
    private bool startsTls;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    /// <summary>Milliseconds that one call may take.</summary>
    public override int ReadTimeout { get; set; } = Timeout.Infinite;

    public override int WriteTimeout { get; set; } = Timeout.Infinite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InjectedAnswerException">Something came behind the answer to STARTTLS, before TLS began.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        await PushAsync(cancellationToken);
        var read = await InTimeAsync(ReadTimeout, token => network.ReadAsync(destination, token), cancellationToken);
        if (startsTls)
        {
            startsTls = false;
            var end = destination.Span[..read].IndexOf((byte)'\n');
            if (end >= 0 && end < read - 1)
                throw new InjectedAnswerException();
        }
        return read;
    }

    public override Task<int> ReadAsync(byte[] destination, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(destination.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        startsTls = source.Span.StartsWith("STARTTLS"u8);
        if (waiting + source.Length > Piece)
            await PushAsync(cancellationToken);
        if (source.Length > Piece)
        {
            await SendAsync(source, cancellationToken);
            return;
        }
        source.CopyTo(buffer.AsMemory(waiting));
        waiting += source.Length;
    }

    public override Task WriteAsync(byte[] source, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(source.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what waits.</summary>
    public async ValueTask PushAsync(CancellationToken cancellationToken)
    {
        if (waiting == 0)
            return;
        var ready = buffer.AsMemory(0, waiting);
        waiting = 0;
        await SendAsync(ready, cancellationToken);
    }

    /// <summary>Nothing: whoever flushes reads the answer next.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] destination, int offset, int count) => ReadAsync(destination, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Write(byte[] source, int offset, int count) => WriteAsync(source, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
        // As FlushAsync.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            network.Dispose();
            patience.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken) =>
        await InTimeAsync(WriteTimeout, async token =>
        {
            await network.WriteAsync(source, token);
            return source.Length;
        }, cancellationToken);

    private async ValueTask<int> InTimeAsync(int milliseconds, Func<CancellationToken, ValueTask<int>> call, CancellationToken cancellationToken)
    {
        if (!patience.TryReset())
        {
            patience.Dispose();
            patience = new CancellationTokenSource();
        }
        patience.CancelAfter(milliseconds);
        using var both = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken) : null;
        try
        {
            return await call(both?.Token ?? patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not answer within {milliseconds / 1000} seconds.");
        }
        finally
        {
            patience.CancelAfter(Timeout.Infinite);
        }
    }
}

/// <summary>Thrown in the middle of a conversation that somebody has tampered with.</summary>
internal sealed class InjectedAnswerException() : Exception("more than one answer came to STARTTLS");
