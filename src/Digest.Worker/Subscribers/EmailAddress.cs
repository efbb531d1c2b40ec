using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Digest.Worker.Subscribers;

/// <summary>An address that mail can be sent to (RFC 5321: local part at most 64 octets, the whole at most 254; RFC 6531 for other scripts).</summary>
internal static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Checks an address and folds it for look-ups: lower case, the domain as A-labels.</summary>
    /// <param name="problem">What is wrong, when the result is false: English, and said to readers by <see cref="Wording"/>.</param>
    public static bool TryFold(string text, out string key, [NotNullWhen(false)] out FormattableString? problem)
    {
        key = "";
        var at = text.LastIndexOf('@');
        problem = text switch
        {
            "" => $"the address is empty",
            _ when text.EnumerateRunes().Any(IsUnseen) => $"'{Shown(text)}' has an invisible or broken character in it: type it anew",
            _ when text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')' or '\\') =>
                $"'{Shown(text)}' is not a plain address: write name@example.org, without spaces, quotes or brackets",
            _ when at <= 0 || at == text.Length - 1 || text.IndexOf('@', StringComparison.Ordinal) != at => $"'{Shown(text)}' is not an address: write name@example.org",
            _ when Encoding.UTF8.GetByteCount(text.AsSpan(0, at)) > 64 => $"'{Shown(text)}' has more than 64 octets before the @",
            _ when text[0] == '.' || text[at - 1] == '.' || text[^1] == '.' || text.AsSpan(0, at).Contains("..", StringComparison.Ordinal) => $"'{Shown(text)}' has a dot where none may stand",
            _ => null,
        };
        if (problem is not null)
            return false;
        string domain;
        try
        {
            domain = Idn.GetAscii(text[(at + 1)..]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            problem = $"'{Shown(text)}' has no valid domain";
            return false;
        }
        key = text[..at].Normalize(NormalizationForm.FormC).ToLowerInvariant() + "@" + domain;
        if (Encoding.UTF8.GetByteCount(key) <= 254)
            return true;
        problem = $"'{Shown(text)}' is longer than 254 octets";
        return false;
    }

    // A character that nobody sees would make two subscribers of one reader; half a surrogate pair cannot be normalized.
    private static bool IsUnseen(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    // Hostile text may stand on an operator's terminal: nothing that moves the cursor, nothing endless.
    private static string Shown(string text) =>
        new([.. text.Take(80).Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c)]);
}
