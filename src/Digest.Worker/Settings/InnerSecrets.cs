using System.Text.RegularExpressions;

namespace Digest.Worker.Settings;

/// <summary>Secrets within a value: <c>Password=...</c> in a connection string, <c>name:secret@</c> and <c>?api_key=...</c> in an address.</summary>
internal static partial class InnerSecrets
{
    public const string Masked = "********";

    public static string Mask(string value) => InAddress().Replace(InConnectionString().Replace(value, $"${{before}}{Masked}"), $"${{before}}{Masked}");

    public static IEnumerable<string> Find(string value) =>
        InConnectionString().Matches(value).Concat(InAddress().Matches(value)).SelectMany(match => Forms(match.Groups["secret"].Value)).Distinct();

    /// <summary>As it stands there, and as a server is told it: without the quotes of a connection string, without the escapes of an address.</summary>
    private static IEnumerable<string> Forms(string secret) =>
        secret.Length > 2 && secret[0] is '\'' or '"' && secret[^1] == secret[0] ? [secret, secret[1..^1].Replace(new string(secret[0], 2), secret[..1], StringComparison.Ordinal)] : [secret, Uri.UnescapeDataString(secret)];

    [GeneratedRegex("(?<before>(?:password|pwd)\\s*=\\s*)(?<secret>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InConnectionString();

    // A colon without an @ behind it parts host and port.
    [GeneratedRegex("(?<before>(?:://[^/:@]+:(?=[^/@]+@))|(?:[?&](?:key|token|api_key|apikey|secret)=))(?<secret>[^@&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InAddress();
}
