using System.Text;
using MimeKit;
using MimeKit.IO;

namespace Digest.Worker.Delivery;

/// <summary>
/// A finished message in the shape that MailKit sends: the octets are ours and are not formatted again. MailKit asks for the body after
/// the server's 354, and sends the final dot when it has been written: between the two the mark is fetched, while the octets are on their way.
/// </summary>
internal sealed class PreparedBody : MimePart
{
    private readonly OutgoingMail mail;
    private readonly Func<OutgoingMail, Task<bool>> mark;
    private readonly Func<Task> push;
    private readonly Func<Task> beforeDot;

    private PreparedBody(OutgoingMail mail, Func<OutgoingMail, Task<bool>> mark, Func<Task> push, Func<Task> beforeDot)
    {
        (this.mail, this.mark, this.push, this.beforeDot) = (mail, mark, push, beforeDot);
        Headers.Clear();
        if (mail.EightBit)
            ContentTransferEncoding = ContentEncoding.EightBit;
    }

    /// <summary>All octets were handed over: from here on the server may have a complete message.</summary>
    public bool Completed { get; private set; }

    /// <param name="push">Sends what is written so far.</param>
    /// <param name="beforeDot">Awaited last, when all but the dot is sent and the mark is granted.</param>
    public static (MimeMessage Message, PreparedBody Body) Wrap(OutgoingMail mail, Func<OutgoingMail, Task<bool>> mark, Func<Task> push, Func<Task> beforeDot)
    {
        var body = new PreparedBody(mail, mark, push, beforeDot);
        var message = new MimeMessage();
        message.Headers.Clear();
        foreach (var prepared in mail.Headers)
        {
            if (mail.EightBit && prepared.Name == "Content-Transfer-Encoding")
                continue;
            // Parsed, not set: a header that is read keeps its raw octets, one that is set is formatted anew.
            if (!Header.TryParse([.. Encoding.ASCII.GetBytes(prepared.Name), (byte)':', .. prepared.RawValue], out var header))
                throw new FormatException($"The header {prepared.Name} is not well formed.");
            message.Headers.Add(header);
        }
        message.Body = body;
        return (message, body);
    }

    public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        var marking = mark(mail);
        var writing = WriteBodyAsync(stream, cancellationToken);
        // Both are waited for, whatever becomes of the other: the row's state must be known.
        await Task.WhenAll(marking, writing);
        if (!await marking)
            throw new MarkDeniedException();
        await beforeDot();
        Completed = true;
    }

    /// <summary>
    /// Behind MailKit's filter, which looks at every octet twice: we find the few lines that begin with a dot, and double it (RFC 5321, 4.5.2). The
    /// filter has seen the empty line last, so it knows that a line begins.
    /// </summary>
    private async Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream is not FilteredStream filtered)
        {
            await stream.WriteAsync(mail.Body, cancellationToken);
            return;
        }
        await filtered.FlushAsync(cancellationToken);
        for (var left = mail.Body; left.Length > 0;)
        {
            var line = left.Span.IndexOf("\r\n."u8);
            await filtered.Source.WriteAsync(line < 0 ? left : left[..(line + 3)], cancellationToken);
            // What is left begins with the dot that was written.
            left = line < 0 ? default : left[(line + 2)..];
        }
        await filtered.Source.FlushAsync(cancellationToken);
        await push();
    }

    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("A prepared mail is sent asynchronously, and its size is known.");

    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        // The octets are signed: nothing may change them.
    }
}

/// <summary>
/// Thrown through MailKit in the middle of DATA, the one place from which it can be stopped: it drops the connection, and a message
/// without its final dot does not exist for the server (RFC 5321, 4.1.1.4).
/// </summary>
internal sealed class MarkDeniedException() : Exception("The mark before the final dot was denied.");
