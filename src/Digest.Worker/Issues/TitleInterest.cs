using System.Text;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Issues;

/// <summary>
/// The interest that a title stands for: its phrases, one of which is enough. A whole title as one interest would find hardly
/// any other paper.
/// </summary>
internal static class TitleInterest
{
    private const int MostPhrases = 4;
    private const int LongestPhrase = 3;
    private const int LongestTitle = 200;

    /// <summary>Words of titles that join two subjects and are none.</summary>
    private static readonly HashSet<string> Connectives = new(["using", "toward", "towards", "based", "beyond", "across", "against", "versus", "vs"], StringComparer.OrdinalIgnoreCase);

    /// <returns>A line of a profile, without signs that mean something there but "or"; empty where the title has no words.</returns>
    public static string Of(string title)
    {
        var phrases = Runs(title).Where(run => run.Count > 1)
            // The head of an English phrase stands at its end: of "fast exact sparse attention" it is "exact sparse attention".
            .Select(run => string.Join(' ', run.TakeLast(LongestPhrase)))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPhrases).ToList();
        return phrases.Count > 0 ? string.Join(" or ", phrases) : Whole(title);
    }

    /// <summary>Words that stand together: punctuation and the small words part them, a hyphen does not.</summary>
    private static List<List<string>> Runs(string title)
    {
        var runs = new List<List<string>> { new() };
        foreach (var (word, joined) in Words(title))
        {
            if (!joined)
                runs.Add([]);
            if (FunctionWords.Contains(word.ToLowerInvariant()) || Connectives.Contains(word))
                runs.Add([]);
            else
                runs[^1].Add(word);
        }
        return runs;
    }

    /// <summary>Each word, and whether nothing but spaces and hyphens parts it from the one before.</summary>
    private static IEnumerable<(string Word, bool Joined)> Words(string title)
    {
        var word = new StringBuilder();
        var joined = true;
        foreach (var character in title.Append(' '))
        {
            if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                word.Append(character);
                continue;
            }
            if (word.Length > 0)
            {
                yield return (word.ToString(), joined);
                word.Clear();
                joined = true;
            }
            joined &= character is '-' or '\u2010' or '\u2011' || char.IsWhiteSpace(character);
        }
    }

    private static string Whole(string title)
    {
        var whole = string.Join(' ', Words(title).Select(word => word.Word));
        return whole.Length > LongestTitle ? whole[..LongestTitle].TrimEnd() : whole;
    }
}
