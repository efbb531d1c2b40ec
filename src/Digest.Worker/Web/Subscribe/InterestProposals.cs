using Digest.Templates.Site;
using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// Interests for somebody who shows what they like: pairs and triples of words that stand together in the examples. Those that other papers
/// of the last days have too are terms of a field; those that too many have say nothing.
/// </summary>
internal sealed class InterestProposals(PastedExamples examples, ProfilePreview preview)
{
    private const int MostTried = 100;
    private const int MostProposed = 10;
    private const int LongestPhrase = 3;
    private const int ShortestWord = 3;

    public async Task<ProposalsModel> OfAsync(string pasted, CancellationToken cancellationToken)
    {
        var (texts, unknown) = await examples.ReadAsync(pasted, cancellationToken);
        var phrases = Phrases(texts);
        var look = phrases.Count == 0 ? new LookBack(null, false) : await preview.LookBackAsync(Profile.Parse(string.Join('\n', phrases.Keys)), ProfilePreview.Days);
        return new ProposalsModel(pasted.Length > PastedExamples.Longest ? pasted[..PastedExamples.Longest] : pasted, look.Test is { } week ? Best(week, phrases) : [], unknown, ProfilePreview.Days, look.Busy);
    }

    private static IReadOnlyList<Proposal> Best(BackTest week, Dictionary<string, double> phrases)
    {
        var report = week.Report(0);
        var wide = report.TooWide.ToHashSet();
        var ranked = report.Lines.Where(line => line.Papers > 0 && !wide.Contains(line)).OrderByDescending(line => Worth(line, phrases, report.Papers)).ThenBy(line => line.Interest.Text, StringComparer.Ordinal);
        var chosen = new List<BackTestLine>();
        foreach (var line in ranked)
            if (chosen.Count < MostProposed && !chosen.Exists(other => IsPart(other.Interest.Text, line.Interest.Text) || IsPart(line.Interest.Text, other.Interest.Text)))
                chosen.Add(line);
        return [.. chosen.Select(line => new Proposal(line.Interest.Text, line.Papers))];
    }

    /// <summary>Often in the examples, known elsewhere, and not everywhere.</summary>
    private static double Worth(BackTestLine line, Dictionary<string, double> phrases, int papers) =>
        phrases.GetValueOrDefault(line.Interest.Text, 1) * Math.Log(1 + line.Papers) * Math.Log((double)(papers + 1) / line.Papers);

    private static bool IsPart(string whole, string part) => $" {whole} ".Contains($" {part} ", StringComparison.Ordinal);

    /// <summary>The phrases of the examples with their number; one of a first sentence, mostly the title, counts double.</summary>
    private static Dictionary<string, double> Phrases(IReadOnlyList<string> texts)
    {
        var counts = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var words = WordReader.Read(text);
            var isFirst = true;
            for (var i = 0; i < words.Count; i++)
            {
                isFirst &= i == 0 || words[i].Gap != Gap.Sentence;
                for (var length = 1; length <= LongestPhrase && i + length <= words.Count && Tells(words[i + length - 1]) && (length == 1 || words[i + length - 1].Gap is Gap.Space or Gap.Hyphen); length++)
                    if (length > 1 && !IsCompound(words, i) && !IsCompound(words, i + length))
                    {
                        var phrase = Written(text[words[i].Start..words[i + length - 1].End]);
                        counts[phrase] = counts.GetValueOrDefault(phrase) + (isFirst ? 2 : 1);
                    }
            }
        }
        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Count(' '.Equals)).Take(MostTried).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A phrase does not begin or end within "state-of-the-art".</summary>
    private static bool IsCompound(List<Word> words, int index) => index > 0 && index < words.Count && words[index].Gap == Gap.Hyphen;

    /// <summary>On one line, and without a title's capitals; those within a word are its own.</summary>
    private static string Written(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Skip(1).Any(char.IsUpper) ? word : word.ToLowerInvariant()));

    private static bool Tells(Word word) => word.Folded.Length >= ShortestWord && word.Folded.All(char.IsLetter) && !FunctionWords.Contains(word.Folded);
}
