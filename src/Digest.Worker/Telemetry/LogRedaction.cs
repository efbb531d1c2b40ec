using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Digest.Worker.Telemetry;

/// <summary>
/// Takes out of a line what no log may hold, whoever wrote it: an address becomes a short keyed hash (the same address the same hash, so
/// that its lines can be found together), a token of ours and a configured secret become stars.
/// </summary>
internal sealed partial class LogRedaction
{
    private const string Stars = "********";
    private const int ShortestSecret = 4;

    private readonly byte[] key;
    private readonly string[] secrets;

    /// <param name="key">Without it nobody can find the address of a hash by trying.</param>
    /// <param name="secrets">Values that must not appear.</param>
    public LogRedaction(byte[] key, IEnumerable<string> secrets) =>
        (this.key, this.secrets) = (key, [.. secrets.Where(secret => secret.Length >= ShortestSecret).Distinct().OrderByDescending(secret => secret.Length)]);

    public string Clean(string text)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Stars, StringComparison.Ordinal);
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains("%40", StringComparison.Ordinal))
            text = Address().Replace(text, match => "address-" + Hash(match.Value));
        return Token().Replace(text, $"$1{Stars}");
    }

    private string Hash(string address) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address.ToLowerInvariant())).AsSpan(0, 4));

    [GeneratedRegex(@"[^\s<>()\[\],;:""'\\|/=@]+(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // Behind /u/ and /c/ in our links; behind the + of a reply address the rule for addresses has taken it.
    [GeneratedRegex("(/[uc]/)[A-Za-z2-7]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
