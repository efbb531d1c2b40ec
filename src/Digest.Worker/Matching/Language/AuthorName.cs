using System.Collections.Frozen;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>
/// A person's name, in any of the ways it is written: "Yann LeCun", "Y. LeCun", "LeCun, Yann", "LeCun Y". Two names are compatible when the family
/// names are the same and no given name contradicts; initials stand for any name that begins so. Accents do not count.
/// </summary>
internal sealed record AuthorName(string Family, IReadOnlyList<string> Given)
{
    private static readonly FrozenSet<string> Particles =
        "van von de der den la le di da del della dos du bin ibn al el ten ter af av zu zur".Split(' ').ToFrozenSet();

    /// <summary>Null where there is no letter in it.</summary>
    public static AuthorName? Parse(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var words = Names(comma < 0 ? text : text[..comma]);
        if (words.Count == 0)
        {
            return null;
        }

        if (comma >= 0)
        {
            return new AuthorName(words[^1], [.. Names(text[(comma + 1)..]), .. words.Take(words.Count - 1)]);
        }

        // "LeCun Y": initials at the end, so the family name stands first.
        if (words.Count > 1 && words[^1].Length == 1 && words[0].Length > 1)
        {
            var family = words.FindLastIndex(word => word.Length > 1);
            return new AuthorName(words[family], [.. words.Skip(family + 1), .. words.Take(family)]);
        }

        return new AuthorName(words[^1], words[..^1]);
    }

    public bool IsCompatibleWith(AuthorName other) =>
        (Family == other.Family && GivenFit(other.Given)) || IsReversed(other);

    private bool GivenFit(IReadOnlyList<string> theirs)
    {
        var mine = Given.Where(name => !Particles.Contains(name)).ToList();
        var others = theirs.Where(name => !Particles.Contains(name)).ToList();
        if (mine.Count == 0 || others.Count == 0)
        {
            return true;
        }

        // The first names must agree; each later one must find its like further on, or one side leaves the middle names out.
        if (!Agree(mine[0], others[0]))
        {
            return false;
        }

        var (few, many) = mine.Count <= others.Count ? (mine, others) : (others, mine);
        var at = 1;
        foreach (var name in few.Skip(1))
        {
            while (at < many.Count && !Agree(name, many[at]))
            {
                at++;
            }

            if (at++ >= many.Count)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"Kaiming He" and "He Kaiming": full names only, in exactly the other order.</summary>
    private bool IsReversed(AuthorName other) =>
        Given.Count == 1 && other.Given.Count == 1 && Given[0].Length > 1 && Given[0] == other.Family && other.Given[0] == Family;

    private static bool Agree(string left, string right) =>
        left == right || (left.Length == 1 && right[0] == left[0]) || (right.Length == 1 && left[0] == right[0]);

    private static List<string> Names(string text)
    {
        var names = new List<string>();
        foreach (var word in WordReader.Read(text, singular: false))
        {
            // "JP Serre": two or three capitals beside a written-out name are initials.
            if (word.Cased.Length is 2 or 3 && word.Cased.All(char.IsUpper) && text.Any(char.IsLower))
            {
                names.AddRange(word.Folded.Select(letter => letter.ToString()));
            }
            else
            {
                names.Add(WithoutUmlaut(word.Folded));
            }
        }

        return names;
    }

    /// <summary>"Mueller" and "Müller" are one name; short names (Yue, Joe) are left alone.</summary>
    private static string WithoutUmlaut(string name) => name.Length < 6 ? name : name
        .Replace("ue", "u", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ae", "a", StringComparison.Ordinal);
}
