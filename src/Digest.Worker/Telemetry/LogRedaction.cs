using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Digest.Worker.Telemetry;

/// <summary>
/// Takes out of a line what no log may hold, whoever wrote it: an address becomes a short keyed hash (the same address the same hash, so
/// that its lines can be found together), a token of ours and a configured secret become stars.
/// </summary>
/// <param name="key">Without it nobody can find the address of a hash by trying.</param>
internal sealed partial class LogRedaction(byte[] key, LogSecrets secrets)
{
    private const string Stars = "********";

    public string Clean(string text)
    {
        foreach (var secret in secrets.All())
            text = text.Replace(secret, Stars, StringComparison.Ordinal);
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains("%40", StringComparison.Ordinal))
            text = Address().Replace(text, match => IsAboutSomebody(match) ? Hidden(match.Value) : match.Groups["name"].Value + Hidden(match.Groups["address"].Value));
        return Token().Replace(Door().Replace(text, $"$1{Stars}"), $"$1{Stars}");
    }

    private string Hidden(string address) => "address-" + Hash(address);

    // bounces+ada=example.org@list.example: before the @ stands a whole address of somebody else, and not a name and its value as in to=ada@example.org.
    private static bool IsAboutSomebody(Match match) => match.Groups["name"].Success && match.Groups["local"].Value.Contains('.', StringComparison.Ordinal);

    private string Hash(string address) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address.ToLowerInvariant())).AsSpan(0, 4));

    private const string Letter = @"[^\s<>()\[\],;:""'\\|/=@]";

    // A local part in quotes may hold anything, one without an apostrophe within; a domain may be an address of the net.
    [GeneratedRegex($@"(?<name>{Letter}*[+-]{Letter}+=)?(?<address>(?<local>""[^""]{{1,64}}""|{Letter}+(?:'{Letter}+)*)(?:@|%40)(?:[\p{{L}}\p{{N}}](?:[\p{{L}}\p{{N}}.-]*[\p{{L}}\p{{N}}])?|\[[0-9A-Za-z:.]+\]))", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    // Behind the doors of our links, in either case; behind the + of a reply address the rule for addresses has taken it.
    [GeneratedRegex("(/(?:u|c|a|my|feed)/)[A-Za-z2-7]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex Door();

    // Anywhere else, as we write them: 24 characters of base 32 or more, and the keys of the API behind their "digest_". No word of a log is so long.
    [GeneratedRegex("(_|\\b)[a-z2-7]{24,}", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
