using System.Net.Sockets;
using System.Text;

namespace Digest.Bench.Workers;

/// <summary>The server's end of a connection, read by octets: the processors belong to what is measured, not to who listens.</summary>
internal sealed class IncomingMail(NetworkStream stream)
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    /// <summary>The first four letters of the next command, in capitals; null: the client has hung up.</summary>
    public async Task<string?> CommandAsync()
    {
        while (true)
        {
            if (buffer.AsSpan(start, end - start).IndexOf("\r\n"u8) is var line and >= 0)
            {
                var command = Encoding.ASCII.GetString(buffer, start, Math.Min(line, 4)).ToUpperInvariant();
                start += line + 2;
                return command;
            }
            if (!await FillAsync(end - start))
                return null;
        }
    }

    /// <summary>Reads up to the final dot.</summary>
    /// <returns>False: the client has hung up.</returns>
    public async Task<bool> SkipMessageAsync()
    {
        while (true)
        {
            if (buffer.AsSpan(start, end - start).IndexOf("\r\n.\r\n"u8) is var dot and >= 0)
            {
                start += dot + 5;
                return true;
            }
            // The dot's line may be cut in two.
            if (!await FillAsync(Math.Min(4, end - start)))
                return false;
        }
    }

    public async Task AnswerAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

    /// <param name="kept">So many octets of what was read are kept.</param>
    private async Task<bool> FillAsync(int kept)
    {
        buffer.AsSpan(end - kept, kept).CopyTo(buffer);
        (start, end) = (0, kept);
        var read = await stream.ReadAsync(buffer.AsMemory(end));
        end += read;
        return read > 0;
    }
}
