namespace Digest.Worker.Matching.Reading;

/// <summary>
/// M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the author's later changes ("bli" and "logi").
/// Folded English words only; words with anything but a to z, or of one or two letters, stay as they are.
/// </summary>
internal static class PorterStemmer
{
    private static readonly (string Suffix, string Replacement)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string Suffix, string Replacement)[] Third =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
    ];

    public static string Stem(string word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterLower(c))
            {
                return word;
            }
        }

        return word.Length < 3 ? word : Last(FourthStep(Replace(Replace(FirstStep(word), Second), Third)));
    }

    private static string FirstStep(string word)
    {
        if (word[^1] == 's')
        {
            word = Ends(word, "sses") || Ends(word, "ies") ? word[..^2] : Ends(word, "ss") ? word : word[..^1];
        }

        if (Ends(word, "eed"))
        {
            word = Measure(word, word.Length - 3) > 0 ? word[..^1] : word;
        }
        else if (Ends(word, "ed") && HasVowel(word, word.Length - 2))
        {
            word = Repair(word[..^2]);
        }
        else if (Ends(word, "ing") && HasVowel(word, word.Length - 3))
        {
            word = Repair(word[..^3]);
        }

        return word.Length > 0 && word[^1] == 'y' && HasVowel(word, word.Length - 1) ? word[..^1] + "i" : word;
    }

    /// <summary>After -ed and -ing: "conflat" gets its e back, "hopp" loses its second p.</summary>
    private static string Repair(string stem)
    {
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz"))
        {
            return stem + "e";
        }

        if (EndsWithDouble(stem) && stem[^1] is not ('l' or 's' or 'z'))
        {
            return stem[..^1];
        }

        return Measure(stem, stem.Length) == 1 && EndsLikeHop(stem, stem.Length) ? stem + "e" : stem;
    }

    private static string Replace(string word, (string Suffix, string Replacement)[] rules)
    {
        foreach (var (suffix, replacement) in rules)
        {
            if (Ends(word, suffix))
            {
                return Measure(word, word.Length - suffix.Length) > 0 ? word[..^suffix.Length] + replacement : word;
            }
        }

        return word;
    }

    private static string FourthStep(string word)
    {
        foreach (var suffix in Fourth)
        {
            if (Ends(word, suffix))
            {
                return Measure(word, word.Length - suffix.Length) > 1 ? word[..^suffix.Length] : word;
            }
        }

        return Ends(word, "ion") && word.Length > 3 && word[^4] is 's' or 't' && Ends(word, "ion") && Measure(word, word.Length - 3) > 1 ? word[..^3] : word;
    }

    private static string Last(string word)
    {
        if (Ends(word, "e"))
        {
            var measure = Measure(word, word.Length - 1);
            word = measure > 1 || (measure == 1 && !EndsLikeHop(word, word.Length - 1)) ? word[..^1] : word;
        }

        return Ends(word, "ll") && Measure(word, word.Length - 1) > 1 ? word[..^1] : word;
    }

    /// <summary>How many times a vowel sequence is followed by a consonant sequence in the first <paramref name="length"/> letters.</summary>
    private static int Measure(string word, int length)
    {
        var (measure, vowelBefore) = (0, false);
        for (var i = 0; i < length; i++)
        {
            var vowel = IsVowel(word, i);
            measure += vowelBefore && !vowel ? 1 : 0;
            vowelBefore = vowel;
        }

        return measure;
    }

    private static bool HasVowel(string word, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (IsVowel(word, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithDouble(string word) => word.Length > 1 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    /// <summary>Consonant, vowel, consonant, the last not w, x or y.</summary>
    private static bool EndsLikeHop(string word, int length) => length > 2 && !IsVowel(word, length - 1) && IsVowel(word, length - 2)
        && !IsVowel(word, length - 3) && word[length - 1] is not ('w' or 'x' or 'y');

    private static bool IsVowel(string word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => at > 0 && !IsVowel(word, at - 1),
        _ => false,
    };

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);
}
