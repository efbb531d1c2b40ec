using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Index;

/// <summary>Reads papers once, word by word, and notes every term of the table that stands there.</summary>
/// <param name="words">About how many words will be read: a list that grows leaves twice its size behind.</param>
internal sealed class PaperScan(TermTable terms, Func<int, Term> term, int words)
{
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly ulong _wholeLengths = terms.WholeLengths;
    private readonly ulong _leadLengths = terms.LeadLengths;

    /// <summary>What was found, by paper, title first, in reading order.</summary>
    public List<(int Term, int Paper, Occurrence Place)> Found { get; } = new(2 * words);

    public void Read(PaperReading paper, int number)
    {
        Read(paper.Title, number, Fields.Title);
        Read(paper.Abstract, number, Fields.Abstract);
        foreach (var author in paper.Authors)
        {
            Note(author is null ? -1 : terms.Find(KeyFamily.Author, author.Family), number);
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

    /// <summary>All runs of words of one sentence that begin here, as long as a key may be.</summary>
    private void Windows(List<Word> text, int first, int paper, Fields field)
    {
        var (hash, length) = (LetterHash.Begin, 0);
        var (wholes, leads) = (_wholeLengths, _leadLengths);
        for (var last = first; last < text.Count && (wholes | leads) >> length > 1 && (last == first || text[last].Gap != Gap.Sentence); last++)
        {
            foreach (var letter in text[last].Folded)
            {
                if (++length > TermTable.LongestHashed)
                {
                    return;
                }

                hash = LetterHash.Add(hash, letter);
                if (((leads >> length) & 1) != 0)
                {
                    Leads(LetterHash.Key(hash, KeyFamily.Lead), text, first, paper, field);
                }
            }

            if (((wholes >> length) & 1) != 0)
            {
                Wholes(LetterHash.Key(hash, KeyFamily.Whole), text, first, last, paper, field);
            }
        }
    }

    private void Wholes(ulong key, List<Word> text, int first, int last, int paper, Fields field)
    {
        for (var number = terms.Find(key, out var slot); number >= 0; number = terms.Next(key, ref slot))
        {
            if ((first == last && terms.IsPlainWord(number)) || term(number).Fits(text, first, last))
            {
                Found.Add((number, paper, new Occurrence(field, first, last)));
            }
        }
    }

    private void Leads(ulong key, List<Word> text, int first, int paper, Fields field)
    {
        for (var number = terms.Find(key, out var slot); number >= 0; number = terms.Next(key, ref slot))
        {
            var last = TermFinder.EndOf(term(number), text, first);
            if (last >= 0)
            {
                Found.Add((number, paper, new Occurrence(field, first, last)));
            }
        }
    }

    private int StemTerm(string word)
    {
        if (!_stems.TryGetValue(word, out var number))
        {
            number = terms.Find(KeyFamily.Stem, PorterStemmer.Stem(word));
            _stems.Add(word, number);
        }

        return number;
    }

    /// <summary>"cs.lg" has the keys "cs.lg", "cs", and every beginning with a star.</summary>
    private void ReadCategory(string category, int paper)
    {
        Note(terms.Find(KeyFamily.Category, category), paper);
        var dot = category.IndexOf('.', StringComparison.Ordinal);
        while (dot > 0)
        {
            Note(terms.Find(KeyFamily.Category, category.AsSpan(0, dot)), paper);
            dot = category.IndexOf('.', dot + 1);
        }

        for (var length = 1; length <= category.Length; length++)
        {
            Note(terms.Find(KeyFamily.Category, category[..length] + "*"), paper);
        }
    }

    private void Note(int name, int paper)
    {
        if (name >= 0)
        {
            Found.Add((name, paper, default));
        }
    }
}
