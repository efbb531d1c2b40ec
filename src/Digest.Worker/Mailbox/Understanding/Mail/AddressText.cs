using System.Buffers;
using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>Mail addresses as they stand in running text.</summary>
internal static partial class AddressText
{
    private static readonly SearchValues<char> NotInLocalPart = SearchValues.Create("@:;,<>()[]\" ");

    /// <summary>
    /// The addresses of a text in their order. Wider than RFC 5321: carriers in Japan have local parts with two dots in a row. Three dots mean
    /// that an archive hid the rest: not an address.
    /// </summary>
    public static IEnumerable<string> FindAll(string text) => Find(text).Select(found => found.Address);

    /// <summary>The addresses of a text with the place where each begins.</summary>
    public static IEnumerable<(int At, string Address)> Find(string text)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            var address = match.Value.Trim('.', '\'', '"', '=', '-', '*', '/', '|');
            if (address.StartsWith("smtp=", StringComparison.OrdinalIgnoreCase))
                address = address[5..];
            if (IsAddress(address))
                yield return (match.Index, address);
        }
    }

    public static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && text.Length <= 320 && !text.Contains("...", StringComparison.Ordinal)
            && !text.AsSpan(0, at).ContainsAny(NotInLocalPart) && char.IsLetterOrDigit(text[at + 1]);
    }

    public static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    public static string LocalPart(string address) => address.LastIndexOf('@') is > 0 and var at ? address[..at].ToLowerInvariant() : address.ToLowerInvariant();

    [GeneratedRegex(@"[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,250}@#?[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,250}[\p{L}\p{N}])?", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Pattern();
}
