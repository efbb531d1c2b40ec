using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Scoring;

/// <summary>How often words stand in recent papers: what is common tells little, what is rare tells much.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<string, int> _papersWith = new(StringComparer.Ordinal);
    private long _titleWords;
    private long _abstractWords;

    /// <summary>The number of papers counted.</summary>
    public int Papers { get; private set; }

    /// <summary>Mean number of words of a title, at least 1.</summary>
    public double TitleLength => Papers == 0 ? 1 : Math.Max(1, (double)_titleWords / Papers);

    public double AbstractLength => Papers == 0 ? 1 : Math.Max(1, (double)_abstractWords / Papers);

    public static Corpus Of(IEnumerable<Paper> papers) => Of(papers.Select(paper => new PaperReading(paper)));

    public static Corpus Of(IEnumerable<PaperReading> papers)
    {
        var corpus = new Corpus();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var paper in papers)
        {
            seen.Clear();
            corpus.Papers++;
            corpus._titleWords += paper.Title.Count;
            corpus._abstractWords += paper.Abstract.Count;
            Collect(paper.Title, seen);
            Collect(paper.Abstract, seen);
            foreach (var word in seen)
            {
                corpus._papersWith[word] = corpus._papersWith.GetValueOrDefault(word) + 1;
            }
        }

        return corpus;
    }

    /// <summary>BM25's inverse document frequency of a word; for a run of words the sum over those that carry subject.</summary>
    public double Rarity(Term term)
    {
        if (term.Stem is not null)
        {
            return Rarity(_papersWith.GetValueOrDefault("~" + term.Stem));
        }

        if (_papersWith.TryGetValue(term.Key, out var count))
        {
            return Rarity(count);
        }

        if (term.WordCount == 1)
        {
            return Rarity(0);
        }

        var sum = 0.0;
        for (var i = 0; i < term.WordCount; i++)
        {
            var word = term.Word(i);
            sum += FunctionWords.Contains(word) ? 0 : Rarity(_papersWith.GetValueOrDefault(word.ToString()));
        }

        return sum;
    }

    private double Rarity(int papersWith) => Math.Log(1 + ((Papers - papersWith + 0.5) / (papersWith + 0.5)));

    /// <summary>Words, and the compounds they form with hyphens ("pretraining" of "pre-training").</summary>
    private static void Collect(List<Word> words, HashSet<string> seen)
    {
        for (var i = 0; i < words.Count; i++)
        {
            seen.Add(words[i].Folded);
            seen.Add("~" + PorterStemmer.Stem(words[i].Folded));
            if (words[i].Gap == Gap.Hyphen && i > 0)
            {
                seen.Add(words[i - 1].Folded + words[i].Folded);
            }
        }
    }
}
