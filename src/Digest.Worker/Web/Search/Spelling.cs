using System.Text;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>For words that stand in no paper: the likeliest one that was meant.</summary>
internal sealed class Spelling(PaperWordStore words)
{
    private const int FewestPapers = 2;
    private const int MostWords = 12;
    private const int ShortestWord = 4;

    /// <summary>The query with what was probably meant; null where every word is known or none is like it.</summary>
    public async Task<string?> MendAsync(string query, CancellationToken cancellationToken)
    {
        var mended = new StringBuilder();
        var (end, changed) = (0, false);
        foreach (var word in WordReader.Read(query).Take(MostWords))
        {
            if (word.Folded.Length < ShortestWord || !word.Folded.All(char.IsAsciiLetterLower) || await MeantAsync(word.Folded, cancellationToken) is not { } meant)
                continue;
            mended.Append(query, end, word.Start - end).Append(meant);
            (end, changed) = (word.End, true);
        }
        return changed ? mended.Append(query, end, query.Length - end).ToString() : null;
    }

    private async Task<string?> MeantAsync(string word, CancellationToken cancellationToken)
    {
        // Most words are: thousands that begin like them need not be looked through.
        if (await words.IsKnownAsync(word, FewestPapers, cancellationToken))
            return null;
        var (best, distance, papers) = ((string?)null, word.Length <= 5 ? 2 : 3, 0L);
        // The first letters are rarely wrong; exchanged they may be.
        foreach (var beginning in new[] { word[..2], $"{word[1]}{word[0]}", $"{word[0]}{word[2]}" }.Distinct())
        {
            foreach (var (known, count) in await words.VocabularyAsync(beginning, FewestPapers, cancellationToken))
            {
                if (Math.Abs(known.Length - word.Length) >= distance + 1 || Distance(word, known, distance) is var apart && (apart > distance || (apart == distance && count <= papers)))
                    continue;
                (best, distance, papers) = (known, apart, count);
            }
        }
        return distance <= (word.Length <= 5 ? 1 : 2) ? best : null;
    }

    /// <summary>Letters to change, add, leave out or exchange with a neighbour (optimal string alignment); more than <paramref name="most"/> is not counted out.</summary>
    internal static int Distance(string a, string b, int most)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > most)
                return most + 1;
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
