using System.Globalization;
using System.Text;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// Folds one character to what a reader would type on a plain keyboard: no accents, no Unicode dress, Greek by its name.
/// Case is kept; <see cref="string.ToLowerInvariant"/> of the result is the folded form.
/// </summary>
internal static class Folding
{
    private static readonly string?[] Known = new string?[0x10000];

    private static readonly Dictionary<char, string> Special = new()
    {
        ['ß'] = "ss", ['ẞ'] = "SS", ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L", ['đ'] = "d", ['Đ'] = "D", ['ð'] = "d",
        ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE", ['þ'] = "th", ['Þ'] = "TH", ['ı'] = "i", ['ħ'] = "h", ['ℏ'] = "h",
    };

    private static readonly string[] Greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
        "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    /// <summary>The folded form of one character; empty for a combining mark.</summary>
    public static string Of(Rune rune)
    {
        if (!rune.IsBmp)
        {
            return Fold(rune);
        }

        ref var known = ref Known[rune.Value];
        return known ??= Fold(rune);
    }

    private static string Fold(Rune rune)
    {
        var folded = new StringBuilder(2);
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(part);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            folded.Append(Special.TryGetValue(part, out var special) ? special : GreekName(part) ?? part.ToString());
        }

        return string.Intern(folded.ToString());
    }

    private static string? GreekName(char letter) => letter switch
    {
        >= 'α' and <= 'ω' => Greek[letter - 'α'],
        >= 'Α' and <= 'Ω' => char.ToUpperInvariant(Greek[letter - 'Α'][0]) + Greek[letter - 'Α'][1..],
        'ϵ' => "epsilon",
        'ϑ' => "theta",
        'ϕ' => "phi",
        'ϖ' => "pi",
        'ϱ' => "rho",
        'ϰ' => "kappa",
        _ => null,
    };
}
