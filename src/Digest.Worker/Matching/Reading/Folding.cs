using System.Collections.Frozen;
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

    private static readonly FrozenDictionary<char, string> Special =
        "ßss ẞSS øo ØO łl ŁL đd ĐD ðd æae ÆAE œoe ŒOE þth ÞTH ıi ħh ℏh".Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1..]);

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
