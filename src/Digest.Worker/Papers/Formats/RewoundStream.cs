namespace Digest.Worker.Papers.Formats;

/// <summary>A stream of which the beginning was read already, from its beginning again.</summary>
internal sealed class RewoundStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
{
    private int taken;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads up to so many bytes, and gives them back with the stream as it was.</summary>
    public static (ReadOnlyMemory<byte> Head, Stream Whole) Peek(Stream stream, int count)
    {
        var head = new byte[count];
        var read = stream.ReadAtLeast(head, count, throwOnEndOfStream: false);
        return (head.AsMemory(0, read), new RewoundStream(head.AsMemory(0, read), stream));
    }

    public override int Read(Span<byte> buffer)
    {
        if (taken == head.Length)
            return rest.Read(buffer);
        var count = Math.Min(buffer.Length, head.Length - taken);
        head.Span.Slice(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
