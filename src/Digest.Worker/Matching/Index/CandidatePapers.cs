using System.Numerics;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>Which papers may fit a query of several parts: a bit a paper, never one too few.</summary>
internal sealed class CandidatePapers(TermTable terms, Postings postings, int papers)
{
    private readonly int _words = (papers + 63) / 64;

    public ulong[] Of(Query query) => query switch
    {
        Query.Phrase phrase => Bits(phrase.Term.Number),
        Query.Plain plain => OfPlain(plain),
        Query.Near near => OfAll([.. near.Words.Select(word => Bits(word.Number))]),
        Query.Author author => OfAuthor(author.Name),
        Query.Category category => Bits(terms.Find(KeyFamily.Category, category.Code)),
        Query.All all => OfAll([.. all.Of.Where(part => part is not Query.Not).Select(Of)]),
        Query.Any any => any.Of.Select(Of).Aggregate(Or),
        Query.Weighted weighted => Of(weighted.Of),
        _ => new ulong[_words],
    };

    private ulong[] OfPlain(Query.Plain plain)
    {
        var bits = plain.IsDescription
            ? AtLeast(plain, Closeness.Needed(plain.Words.Count))
            : OfAll([.. plain.Words.Select(word => Bits(word.Number))]);
        return plain.Whole is null ? bits : Or(bits, Bits(plain.Whole.Number));
    }

    private ulong[] AtLeast(Query.Plain plain, int needed)
    {
        Span<byte> count = new byte[_words * 64];
        foreach (var word in plain.Words)
        {
            var (first, end) = postings.Entries(word.Number);
            for (var entry = first; entry < end; entry++)
            {
                count[postings.Paper(entry)]++;
            }
        }

        var enough = new ulong[_words];
        for (var paper = 0; paper < count.Length; paper++)
        {
            enough[paper >> 6] |= count[paper] >= needed ? 1UL << (paper & 63) : 0;
        }

        return enough;
    }

    private ulong[] OfAuthor(AuthorName name)
    {
        var bits = Bits(terms.Find(KeyFamily.Author, name.Family));
        return name.Given.Count == 1 ? Or(bits, Bits(terms.Find(KeyFamily.Author, name.Given[0]))) : bits;
    }

    private ulong[] Bits(int term)
    {
        var bits = new ulong[_words];
        if (term >= 0)
        {
            var (first, end) = postings.Entries(term);
            for (var entry = first; entry < end; entry++)
            {
                bits[postings.Paper(entry) >> 6] |= 1UL << (postings.Paper(entry) & 63);
            }
        }

        return bits;
    }

    private static ulong[] OfAll(List<ulong[]> parts) => parts.Aggregate((into, other) =>
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] &= other[i];
        }

        return into;
    });

    private static ulong[] Or(ulong[] into, ulong[] other)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] |= other[i];
        }

        return into;
    }

    /// <summary>Calls back for every paper whose bit is set, ascending.</summary>
    public static void ForEach(ulong[] bits, Action<int> paper)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            for (var rest = bits[i]; rest != 0; rest &= rest - 1)
            {
                paper((i * 64) + BitOperations.TrailingZeroCount(rest));
            }
        }
    }
}
