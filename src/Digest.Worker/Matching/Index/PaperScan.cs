using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Index;

/// <summary>Reads papers once, word by word, and notes every term of the table that stands there.</summary>
internal sealed class PaperScan(TermTable terms)
{
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);

    /// <summary>What was found, by paper, title first, in reading order.</summary>
    public List<(int Term, int Paper, Occurrence Place)> Found { get; } = [];

    public void Read(PaperReading paper, int number)
    {
        Read(paper.Title, number, Fields.Title);
        Read(paper.Abstract, number, Fields.Abstract);
        foreach (var author in paper.Authors)
        {
            Note(author is null ? -1 : terms.Find(LetterHash.Key(LetterHash.Of(author.Family), KeyFamily.Author)), number);
        }

        foreach (var category in paper.Paper.Categories)
        {
            ReadCategory(category.ToLowerInvariant(), number);
        }
    }

    private void Read(List<Word> text, int paper, Fields field)
    {
        for (var first = 0; first < text.Count; first++)
        {
            var stem = StemTerm(text[first].Folded);
            if (stem >= 0)
            {
                Found.Add((stem, paper, new Occurrence(field, first, first)));
            }

            Windows(text, first, paper, field);
        }
    }

    /// <summary>All runs of words that begin here, as long as a key may be.</summary>
    private void Windows(List<Word> text, int first, int paper, Fields field)
    {
        var (hash, length) = (LetterHash.Begin, 0);
        var lengths = terms.WholeLengths | terms.LeadLengths;
        for (var last = first; last < text.Count && lengths >> length > 1; last++)
        {
            foreach (var letter in text[last].Folded)
            {
                if (++length > TermTable.LongestHashed)
                {
                    return;
                }

                hash = LetterHash.Add(hash, letter);
                if ((terms.LeadLengths >> length & 1) != 0)
                {
                    Leads(LetterHash.Key(hash, KeyFamily.Lead), text, first, paper, field);
                }
            }

            if ((terms.WholeLengths >> length & 1) != 0)
            {
                for (var term = terms.Find(LetterHash.Key(hash, KeyFamily.Whole)); term >= 0; term = terms.Next(term))
                {
                    if (terms[term]!.Fits(text, first, last))
                    {
                        Found.Add((term, paper, new Occurrence(field, first, last)));
                    }
                }
            }
        }
    }

    private void Leads(ulong key, List<Word> text, int first, int paper, Fields field)
    {
        for (var term = terms.Find(key); term >= 0; term = terms.Next(term))
        {
            var last = TermFinder.EndOf(terms[term]!, text, first);
            if (last >= 0)
            {
                Found.Add((term, paper, new Occurrence(field, first, last)));
            }
        }
    }

    private int StemTerm(string word)
    {
        if (!_stems.TryGetValue(word, out var term))
        {
            term = terms.Find(LetterHash.Key(LetterHash.Of(PorterStemmer.Stem(word)), KeyFamily.Stem));
            _stems.Add(word, term);
        }

        return term;
    }

    /// <summary>"cs.lg" has the keys "cs.lg", "cs", and every beginning with a star.</summary>
    private void ReadCategory(string category, int paper)
    {
        Note(Category(category), paper);
        var dot = category.IndexOf('.', StringComparison.Ordinal);
        while (dot > 0)
        {
            Note(Category(category[..dot]), paper);
            dot = category.IndexOf('.', dot + 1);
        }

        for (var length = 1; length <= category.Length; length++)
        {
            Note(Category(category[..length] + "*"), paper);
        }
    }

    private int Category(string code) => terms.Find(LetterHash.Key(LetterHash.Of(code), KeyFamily.Category));

    private void Note(int name, int paper)
    {
        if (name >= 0)
        {
            Found.Add((name, paper, default));
        }
    }
}
