using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Digest.Worker.Web.Site;

/// <summary>A finished answer, plain and compressed, with the tag that tells whether a browser has it already (RFC 9110, 8.8.3).</summary>
internal sealed class Answer
{
    public Answer(int status, string contentType, string body)
    {
        (Status, ContentType, Plain) = (status, contentType, Encoding.UTF8.GetBytes(body));
        Compressed = Compress(Plain);
        Tag = Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 10));
    }

    public int Status { get; }

    public string ContentType { get; }

    public byte[] Plain { get; }

    /// <summary>gzip.</summary>
    public byte[] Compressed { get; }

    public string Tag { get; }

    /// <summary>Octets in memory.</summary>
    public int Size => Plain.Length + Compressed.Length + 500;

    private static byte[] Compress(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return compressed.ToArray();
    }
}
