using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Scoring;

/// <summary>How often words stand in recent papers: what is common tells little, what is rare tells much.</summary>
internal sealed class Corpus
{
    /// <summary>Below so many papers nobody knows which words are rare.</summary>
    private const int FewestForRarity = 100;

    private readonly Dictionary<string, Tally> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _stems = new(StringComparer.Ordinal);
    private long _titleWords;
    private long _abstractWords;

    /// <summary>The number of papers counted.</summary>
    public int Papers { get; private set; }

    /// <summary>Whether there are enough papers to tell rare words from common ones.</summary>
    public bool KnowsRarity => Papers >= FewestForRarity;

    /// <summary>Mean number of words of a title, at least 1.</summary>
    public double TitleLength => Papers == 0 ? 1 : Math.Max(1, (double)_titleWords / Papers);

    public double AbstractLength => Papers == 0 ? 1 : Math.Max(1, (double)_abstractWords / Papers);

    public static Corpus Of(IEnumerable<Paper> papers) => Of(papers.Select(paper => new PaperReading(paper)));

    public static Corpus Of(IEnumerable<PaperReading> papers)
    {
        var corpus = new Corpus();
        corpus.Add(papers);
        return corpus;
    }

    /// <summary>Counts more papers; each may come only once.</summary>
    public void Add(IEnumerable<PaperReading> papers)
    {
        foreach (var paper in papers)
        {
            Papers++;
            _titleWords += paper.Title.Count;
            _abstractWords += paper.Abstract.Count;
            Collect(paper.Title);
            Collect(paper.Abstract);
        }
    }

    /// <summary>BM25's inverse document frequency of a word; for a run of words the sum over those that carry subject.</summary>
    public double Rarity(Term term)
    {
        if (term.Stem is not null)
        {
            return Rarity(PapersWith(_stems, term.Stem));
        }

        if (_words.TryGetValue(term.Key, out var tally))
        {
            return Rarity(tally.Papers);
        }

        if (term.WordCount == 1)
        {
            return Rarity(0);
        }

        var (sum, words) = (0.0, _words.GetAlternateLookup<ReadOnlySpan<char>>());
        for (var i = 0; i < term.WordCount; i++)
        {
            var word = term.Word(i);
            sum += FunctionWords.Contains(word) ? 0 : Rarity(words.TryGetValue(word, out tally) ? tally.Papers : 0);
        }

        return sum;
    }

    private double Rarity(int papersWith) => Math.Log(1 + ((Papers - papersWith + 0.5) / (papersWith + 0.5)));

    private static int PapersWith(Dictionary<string, Tally> tallies, string key) => tallies.TryGetValue(key, out var tally) ? tally.Papers : 0;

    /// <summary>Words, and the compounds they form with hyphens ("pretraining" of "pre-training").</summary>
    private void Collect(List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var tally = Of(_words, words[i].Folded);
            tally.See(Papers);
            (tally.Stem ??= Of(_stems, PorterStemmer.Stem(words[i].Folded))).See(Papers);
            if (words[i].Gap == Gap.Hyphen && i > 0)
            {
                Of(_words, words[i - 1].Folded + words[i].Folded).See(Papers);
            }
        }
    }

    private static Tally Of(Dictionary<string, Tally> tallies, string key)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _);
        return tally ??= new Tally();
    }

    /// <summary>In how many papers a word or stem stands.</summary>
    private sealed class Tally
    {
        private int _last;

        public int Papers { get; private set; }

        /// <summary>A word's stem, found once however often the word stands.</summary>
        public Tally? Stem { get; set; }

        public void See(int paper)
        {
            Papers += paper == _last ? 0 : 1;
            _last = paper;
        }
    }
}
