using System.Security.Cryptography;
using System.Text;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>
/// Signs finished messages (RFC 6376, relaxed/relaxed, whole body). From, To, Subject and Date are named once more than they occur,
/// so that a second one cannot be added behind our back.
/// </summary>
internal sealed class DkimSignatures(string domain, IReadOnlyList<IDkimKey> keys)
{
    private const int LongestLine = 72;

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
        using var canonical = new MemoryStream(4096);
        foreach (var header in covered)
            RelaxedHeader.Write(canonical, header.Name, header.RawValue, withLineEnd: true);
        var names = string.Join(":", covered.Select(header => header.Name).Concat(OverSigned)).ToLowerInvariant();
        return [.. keys.Select(key => Sign(key, names, bodyHash, canonical.GetBuffer().AsSpan(0, (int)canonical.Length)))];
    }

    private MailHeader Sign(IDkimKey key, string names, string bodyHash, ReadOnlySpan<byte> covered)
    {
        var open = Fold($"v=1; a={key.Algorithm}; c=relaxed/relaxed; d={domain}; s={key.Selector};", $"bh={bodyHash};", "h=" + names + ";", "b=");
        using var signed = new MemoryStream(covered.Length + open.Length);
        signed.Write(covered);
        RelaxedHeader.Write(signed, "DKIM-Signature", Encoding.ASCII.GetBytes(open), withLineEnd: false);
        var signature = Convert.ToBase64String(key.Sign(SHA256.HashData(signed.GetBuffer().AsSpan(0, (int)signed.Length))));
        var value = new StringBuilder(open);
        for (var at = 0; at < signature.Length; at += LongestLine)
            value.Append(at == 0 ? "" : "\r\n\t").Append(signature.AsSpan(at, Math.Min(LongestLine, signature.Length - at)));
        return new MailHeader("DKIM-Signature", Encoding.ASCII.GetBytes(value.Append("\r\n").ToString()));
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
