using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.BackTesting;

/// <summary>
/// Words and pairs of words that go with what was found: relevance weighting as Robertson and Sparck Jones have it (1976), ordered by the
/// number of papers times the weight. How many papers have a pair is counted in two tables of hashes, so that a month costs 4 MB.
/// </summary>
internal sealed class Companions
{
    private const int Most = 8;
    private const int FewestFound = 5;
    private const int FewestPapers = 3;

    /// <summary>Below that many times the share of all papers a word is only a word that everybody writes.</summary>
    private const double LeastLift = 4;

    /// <summary>Two words say more than one: "optimal transport" is better to add than "optimal".</summary>
    private const double PairBonus = 1.5;

    private const int Slots = 1 << 20;
    private readonly ushort[] _first = new ushort[Slots];
    private readonly ushort[] _second = new ushort[Slots];
    private readonly HashSet<ulong> _seen = [];
    private int _papers;

    public void Count(IReadOnlyList<PaperReading> papers)
    {
        foreach (var paper in papers)
        {
            _papers++;
            _seen.Clear();
            foreach (var piece in Pieces(paper))
            {
                if (_seen.Add(piece.Key))
                {
                    Raise(ref _first[(int)(piece.Key & (Slots - 1))]);
                    Raise(ref _second[(int)(piece.Key >> 40) & (Slots - 1)]);
                }
            }
        }
    }

    /// <param name="found">The papers that fit best; they were counted before.</param>
    /// <param name="known">The folded words that the profile has already.</param>
    public IReadOnlyList<Suggestion> Of(IReadOnlyList<PaperReading> found, IReadOnlySet<string> known)
    {
        if (found.Count < FewestFound)
        {
            return [];
        }

        var candidates = new Dictionary<ulong, Candidate>();
        foreach (var paper in found)
        {
            _seen.Clear();
            foreach (var piece in Pieces(paper))
            {
                if (!piece.IsIn(known) && _seen.Add(piece.Key))
                {
                    (candidates.TryGetValue(piece.Key, out var one) ? one : candidates[piece.Key] = new Candidate(piece)).See(piece.Text);
                }
            }
        }

        var chosen = new List<Candidate>();
        foreach (var candidate in candidates.Values.Where(candidate => IsTelling(candidate, found.Count)).OrderByDescending(candidate => Worth(candidate, found.Count)).ThenBy(candidate => candidate.Text, StringComparer.Ordinal))
        {
            if (chosen.Count < Most && !chosen.Exists(other => other.Overlaps(candidate)))
            {
                chosen.Add(candidate);
            }
        }

        return [.. chosen.Select(candidate => new Suggestion(candidate.Text, candidate.Papers, (double)All(candidate) / _papers))];
    }

    private static void Raise(ref ushort count) => count += count == ushort.MaxValue ? (ushort)0 : (ushort)1;

    private bool IsTelling(Candidate candidate, int found) =>
        candidate.Papers >= Math.Max(FewestPapers, found / 12) && (double)candidate.Papers / found >= LeastLift * All(candidate) / _papers;

    private double Worth(Candidate candidate, int found)
    {
        var (r, n) = ((double)candidate.Papers, (double)Math.Max(candidate.Papers, All(candidate)));
        return (candidate.IsPair ? PairBonus : 1) * r * Math.Log((r + 0.5) * (Math.Max(0, _papers - n - found + r) + 0.5) / ((n - r + 0.5) * (found - r + 0.5)));
    }

    private int All(Candidate candidate) => Math.Min(_first[(int)(candidate.Key & (Slots - 1))], _second[(int)(candidate.Key >> 40) & (Slots - 1)]);

    private static IEnumerable<Piece> Pieces(PaperReading paper) =>
        Pieces(paper.Paper.Title, paper.Title).Concat(Pieces(paper.Paper.Abstract, paper.Abstract));

    private static IEnumerable<Piece> Pieces(string text, List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!Tells(words[i]))
            {
                continue;
            }

            yield return new Piece(LetterHash.Key(LetterHash.Of(words[i].Folded), KeyFamily.Whole), words[i].Folded, null, text[words[i].Start..words[i].End]);
            if (i + 1 < words.Count && words[i + 1].Gap is Gap.Space or Gap.Hyphen && Tells(words[i + 1]))
            {
                var hash = LetterHash.Of(words[i + 1].Folded) * 31;
                yield return new Piece(LetterHash.Key(LetterHash.Of(words[i].Folded) ^ hash, KeyFamily.Lead), words[i].Folded, words[i + 1].Folded, text[words[i].Start..words[i + 1].End]);
            }
        }
    }

    /// <summary>A word that can say what a paper is about: not grammar, no number, no single letter.</summary>
    private static bool Tells(Word word) => word.Folded.Length > 2 && !char.IsAsciiDigit(word.Folded[0]) && !FunctionWords.Contains(word.Folded);

    private readonly record struct Piece(ulong Key, string First, string? Second, string Text)
    {
        public bool IsIn(IReadOnlySet<string> known) => known.Contains(First) && (Second is null || known.Contains(Second));
    }

    private sealed class Candidate(Piece piece)
    {
        private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

        public ulong Key => piece.Key;

        public bool IsPair => piece.Second is not null;

        public int Papers { get; private set; }

        public string Text => _texts.OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal).First().Key;

        public void See(string text)
        {
            Papers++;
            // A title's capitals are not the word's own.
            var written = text.Skip(1).Any(char.IsUpper) && !text.Contains(' ', StringComparison.Ordinal) ? text : text.ToLowerInvariant();
            _texts[written] = _texts.GetValueOrDefault(written) + 1;
        }

        /// <summary>A pair and one of its words say the same.</summary>
        public bool Overlaps(Candidate other) => Words().Intersect(other.Words(), StringComparer.Ordinal).Any();

        public IEnumerable<string> Words() => piece.Second is null ? [piece.First] : [piece.First, piece.Second];
    }
}
