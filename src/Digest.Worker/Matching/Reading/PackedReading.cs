using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// A paper that was read, packed into about 700 octets: all that its score and its place in the order depend on, without its text. A word is its
/// number in a <see cref="Vocabulary"/> and the gap before it, seven bits to an octet, the low ones first.
/// </summary>
internal sealed class PackedReading
{
    /// <summary>The object, its array's head and its place in a dictionary, in octets.</summary>
    private const int Overhead = 200;

    private readonly Vocabulary _vocabulary;
    private readonly byte[] _octets;
    private readonly int _titleWords;
    private readonly int _abstractWords;
    private readonly IReadOnlyList<string> _categories;
    private readonly long _id;
    private readonly int? _upvotes;
    private readonly DateTimeOffset? _published;
    private readonly DateOnly? _announced;

    private PackedReading(PaperReading reading, Vocabulary vocabulary, byte[] octets)
    {
        var paper = reading.Paper;
        (_vocabulary, _octets, _titleWords, _abstractWords) = (vocabulary, octets, reading.Title.Count, reading.Abstract.Count);
        (_id, _upvotes, _published, _announced, _categories) = (paper.Id, paper.Upvotes, paper.Published, paper.Announced, vocabulary.Once(paper.Categories));
    }

    /// <summary>About how much memory it takes, without the vocabulary.</summary>
    public int Octets => Overhead + _octets.Length;

    public static PackedReading Of(PaperReading reading, Vocabulary vocabulary)
    {
        var octets = new List<byte>(2 * (reading.Title.Count + reading.Abstract.Count) + 100);
        Pack(reading.Title, vocabulary, octets);
        Pack(reading.Abstract, vocabulary, octets);
        octets.AddRange(PackedNames.Pack(reading.Paper.Authors));
        return new PackedReading(reading, vocabulary, [.. octets]);
    }

    /// <summary>The reading that was packed, as far as it was; the paper has no text.</summary>
    /// <param name="title">Gets the title's words; like the next two it must stay as it is as long as the reading is used.</param>
    public PaperReading Open(WordBuffer title, WordBuffer text)
    {
        var rest = Unpack(_octets, _titleWords, title);
        rest = Unpack(rest, _abstractWords, text);
        var paper = new Paper
        {
            Id = _id,
            WorkKey = "",
            Title = "",
            Authors = new PackedNames(_octets.AsMemory(_octets.Length - rest.Length)),
            Categories = _categories,
            Upvotes = _upvotes,
            Published = _published,
            Announced = _announced,
        };
        return new PaperReading(paper, title, text);
    }

    private static void Pack(List<Word> words, Vocabulary vocabulary, List<byte> octets)
    {
        foreach (var word in words)
        {
            var rest = ((uint)vocabulary.Number(word) << 2) | (uint)word.Gap;
            for (; rest > 0x7f; rest >>= 7)
            {
                octets.Add((byte)(rest | 0x80));
            }

            octets.Add((byte)rest);
        }
    }

    private ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> octets, int count, WordBuffer into)
    {
        var known = _vocabulary.Words;
        into.Clear();
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            uint packed = 0;
            for (var shift = 0; ; shift += 7)
            {
                var octet = octets[at++];
                packed |= (octet & 0x7fu) << shift;
                if (octet < 0x80)
                {
                    break;
                }
            }

            ref readonly var word = ref known[(int)(packed >> 2)];
            into.Add(new Word(word.Folded, word.Cased, 0, 0, (Gap)(packed & 3)), word.Stem);
        }

        return octets[at..];
    }
}
