using System.Numerics;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>Which papers may fit a query: a bit a paper, never one too few.</summary>
internal sealed class CandidatePapers(TermTable terms, Postings postings)
{
    public ulong[] Of(Query query) => query switch
    {
        Query.Phrase phrase => Copy(phrase.Term.Number),
        Query.Plain plain => OfPlain(plain),
        Query.Near near => OfAll([.. near.Words.Select(word => Copy(word.Number))]),
        Query.Author author => OfAuthor(author.Name),
        Query.Category category => Copy(terms.Number(KeyFamily.Category, category.Code)),
        Query.All all => OfAll([.. all.Of.Where(part => part is not Query.Not).Select(Of)]),
        Query.Any any => any.Of.Select(Of).Aggregate(Or),
        Query.Weighted weighted => Of(weighted.Of),
        _ => new ulong[postings.BitWords],
    };

    private ulong[] OfPlain(Query.Plain plain)
    {
        var bits = plain.IsDescription ? AtLeast(plain, Closeness.Needed(plain.Words.Count)) : Copy(plain.Words[0].Number);
        for (var i = 1; i < plain.Words.Count && !plain.IsDescription; i++)
        {
            And(bits, postings.Bits(plain.Words[i].Number));
        }

        if (plain.Whole is not null)
        {
            Or(bits, postings.Bits(plain.Whole.Number));
        }

        return bits;
    }

    private ulong[] AtLeast(Query.Plain plain, int needed)
    {
        Span<byte> count = new byte[postings.BitWords * 64];
        foreach (var word in plain.Words)
        {
            var bits = postings.Bits(word.Number);
            for (var i = 0; i < bits.Length; i++)
            {
                for (var rest = bits[i]; rest != 0; rest &= rest - 1)
                {
                    count[(i * 64) + BitOperations.TrailingZeroCount(rest)]++;
                }
            }
        }

        var enough = new ulong[postings.BitWords];
        for (var paper = 0; paper < count.Length; paper++)
        {
            enough[paper >> 6] |= count[paper] >= needed ? 1UL << (paper & 63) : 0;
        }

        return enough;
    }

    private ulong[] OfAuthor(AuthorName name)
    {
        var bits = Copy(terms.Number(KeyFamily.Author, name.Family));
        return name.Given.Count == 1 ? Or(bits, postings.Bits(terms.Number(KeyFamily.Author, name.Given[0]))) : bits;
    }

    private ulong[] Copy(int term)
    {
        var bits = postings.Bits(term);
        return bits.IsEmpty ? new ulong[postings.BitWords] : bits.ToArray();
    }

    private static ulong[] OfAll(List<ulong[]> parts)
    {
        foreach (var part in parts.Skip(1))
        {
            And(parts[0], part);
        }

        return parts[0];
    }

    private static ulong[] Or(ulong[] into, ulong[] other) => Or(into, other.AsSpan());

    private static ulong[] Or(ulong[] into, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < other.Length; i++)
        {
            into[i] |= other[i];
        }

        return into;
    }

    private static void And(ulong[] into, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] &= other.IsEmpty ? 0 : other[i];
        }
    }
}
