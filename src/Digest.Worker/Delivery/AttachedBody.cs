using System.Text;

namespace Digest.Worker.Delivery;

/// <summary>A body with a file behind it (RFC 2046, section 5.1.3).</summary>
internal static class AttachedBody
{
    /// <param name="type">The Content-Type of <paramref name="body"/>.</param>
    /// <param name="eightBit">The body has octets over 127.</param>
    /// <param name="name">The file's name, ASCII.</param>
    /// <param name="id">The mail's own: the boundary comes from it, so that a repeat has the same octets.</param>
    public static (byte[] Octets, string Type, bool EightBit) Of(string type, byte[] body, bool eightBit, MimeText file, string name, string id)
    {
        // No beginning of the inner boundary: who compares beginnings must not stop at the wrong one.
        var boundary = $"=_m{id}";
        var encoding = eightBit ? "Content-Transfer-Encoding: 8bit\r\n" : "";
        using var octets = new MemoryStream(body.Length + file.Octets.Length + 1_024);
        octets.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {type}\r\n{encoding}\r\n"));
        octets.Write(body);
        octets.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n{file.Head}"));
        octets.Write(file.Octets.Span);
        octets.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return (octets.ToArray(), $"multipart/mixed; boundary=\"{boundary}\"", eightBit || file.IsEightBit);
    }
}
