namespace Digest.Worker.Delivery;

/// <summary>A finished message and its envelope. The same mail of the outbox gives the same octets, however often it is made.</summary>
internal sealed record OutgoingMail
{
    /// <summary>The number in the outbox.</summary>
    public required long Id { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>MAIL FROM; empty for the null sender.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>RCPT TO; the domain in A-labels.</summary>
    public required string Recipient { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required IReadOnlyList<MailHeader> Headers { get; init; }

    /// <summary>The octets behind the empty line.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body has octets over 127: the server must offer 8BITMIME (RFC 6152).</summary>
    public required bool EightBit { get; init; }

    /// <summary>What the pickup transport writes beside the message, as JSON; null: nothing.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The recipient's local part is not ASCII: the server must offer SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsUtf8 => !System.Text.Ascii.IsValid(Recipient);

    /// <summary>Octets of headers, empty line and body.</summary>
    public long Size => Headers.Sum(header => (long)header.Name.Length + 1 + header.RawValue.Length) + 2 + Body.Length;

    /// <summary>The whole message, as it stands in a file or goes over the wire before dot-stuffing.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var header in Headers)
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(header.Name));
            stream.WriteByte((byte)':');
            stream.Write(header.RawValue);
        }
        stream.Write("\r\n"u8);
        stream.Write(Body.Span);
    }
}
