namespace Digest.Worker.Matching.Reading;

/// <summary>Short names whose case tells them from words: SIS is not sis, pH is not PH, t-J is not TJ.</summary>
internal static class Acronyms
{
    private const int LongestAcronym = 6;
    private const int LongestFormula = 3;

    /// <summary>Whether a word (its letters, hyphens taken out) keeps its case when it is looked for.</summary>
    public static bool KeepsCase(string cased)
    {
        var letters = 0;
        var capitals = 0;
        var innerCapital = false;
        foreach (var c in cased)
        {
            if (char.IsLetter(c))
            {
                letters++;
                if (char.IsUpper(c))
                {
                    capitals++;
                    innerCapital |= letters > 1;
                }
            }
        }

        return letters is >= 2 and <= LongestAcronym && (capitals == letters || (letters <= LongestFormula && innerCapital));
    }

    /// <summary>LLMs, GANs, UAVs.</summary>
    public static bool IsPluralAcronym(string cased)
    {
        if (cased.Length < 3 || cased[^1] != 's')
        {
            return false;
        }

        var capitals = 0;
        for (var i = 0; i < cased.Length - 1; i++)
        {
            if (char.IsAsciiLetterLower(cased[i]))
            {
                return false;
            }

            capitals += char.IsUpper(cased[i]) ? 1 : 0;
        }

        return capitals >= 2;
    }
}
