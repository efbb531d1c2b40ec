namespace Digest.Worker.Health.Dns;

/// <summary>The tags of a DKIM key record (RFC 6376, 3.6.1).</summary>
internal static class DkimRecord
{
    /// <returns>The public key as base 64 without white space; empty for a revoked key, null where there is none.</returns>
    public static string? PublicKey(string record) => record.Split(';')
        .Select(tag => tag.Split('=', 2))
        .Where(tag => tag.Length == 2 && tag[0].Trim() == "p")
        .Select(tag => string.Concat(tag[1].Where(c => !char.IsWhiteSpace(c))))
        .FirstOrDefault();
}
