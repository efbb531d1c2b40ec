using System.Security.Cryptography;
using System.Text;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>
/// Signs finished messages (RFC 6376, relaxed/relaxed, whole body). From, To, Subject and Date are named once more than they occur,
/// so that a second one cannot be added behind our back.
/// </summary>
internal sealed class DkimSignatures(string domain, IReadOnlyList<IDkimKey> keys)
{
    private const string Field = "DKIM-Signature";
    private const int LongestLine = 72;

    /// <summary>Octets of a signature header without its signature: domain and selector have at most 253 each.</summary>
    private const int LargestSignature = 2_048;

    private static readonly string[] Signed =
    [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
        "List-Help", "List-Subscribe", "List-Owner", "List-Post", "Feedback-ID",
    ];

    private static readonly string[] OverSigned = ["From", "To", "Subject", "Date"];

    /// <summary>The signature headers, to stand before all others. Empty without keys.</summary>
    public IReadOnlyList<MailHeader> Sign(IReadOnlyList<MailHeader> headers, ReadOnlySpan<byte> body)
    {
        if (keys.Count == 0)
            return [];
        var bodyHash = Convert.ToBase64String(RelaxedBody.Hash(body));
        var covered = Signed.Select(name => headers.FirstOrDefault(header => header.Name == name)).Where(header => header.Name is not null).ToArray();
        var canonical = new byte[covered.Sum(header => RelaxedHeader.Room(header.Name, header.RawValue)) + LargestSignature];
        var length = 0;
        foreach (var header in covered)
            length += RelaxedHeader.Write(canonical.AsSpan(length), header.Name, header.RawValue, withLineEnd: true);
        var names = string.Join(":", covered.Select(header => header.Name).Concat(OverSigned)).ToLowerInvariant();
        return [.. keys.Select(key => Sign(key, names, bodyHash, canonical, length))];
    }

    /// <param name="canonical">The covered headers, and room behind them.</param>
    private MailHeader Sign(IDkimKey key, string names, string bodyHash, byte[] canonical, int covered)
    {
        var open = Fold($"v=1; a={key.Algorithm}; c=relaxed/relaxed; d={domain}; s={key.Selector};", $"bh={bodyHash};", "h=" + names + ";", "b=");
        var length = covered + RelaxedHeader.Write(canonical.AsSpan(covered), Field, Encoding.ASCII.GetBytes(open), withLineEnd: false);
        var signature = Convert.ToBase64String(key.Sign(SHA256.HashData(canonical.AsSpan(0, length))));
        var value = new StringBuilder(open);
        for (var at = 0; at < signature.Length; at += LongestLine)
            value.Append(at == 0 ? "" : "\r\n\t").Append(signature.AsSpan(at, Math.Min(LongestLine, signature.Length - at)));
        return new MailHeader(Field, Encoding.ASCII.GetBytes(value.Append("\r\n").ToString()));
    }

    /// <summary>Each piece on a line of its own; the list of names is broken at its colons.</summary>
    private static string Fold(params ReadOnlySpan<string> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(text.Length == 0 ? " " : "\r\n\t");
            var column = 0;
            foreach (var part in piece.Split(':'))
            {
                if (column > 0)
                    text.Append(':');
                if (column > 0 && column + part.Length > LongestLine)
                {
                    text.Append("\r\n\t ");
                    column = 0;
                }
                text.Append(part);
                column += part.Length + 1;
            }
        }
        return text.ToString();
    }
}
