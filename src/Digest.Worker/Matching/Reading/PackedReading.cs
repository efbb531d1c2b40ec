namespace Digest.Worker.Matching.Reading;

/// <summary>
/// A paper that was read, packed into about 700 octets: all that its score and its place in the order depend on, without its text. A word is its
/// number in a <see cref="Vocabulary"/> and the gap before it (<see cref="PackedWord"/>), seven bits to an octet, the low ones first.
/// </summary>
internal sealed class PackedReading
{
    /// <summary>The object, its array's head and its place in a dictionary, in octets.</summary>
    private const int Overhead = 200;

    private readonly byte[] _octets;

    private PackedReading(PaperReading reading, Vocabulary vocabulary, byte[] octets)
    {
        (Vocabulary, _octets, TitleWords, AbstractWords) = (vocabulary, octets, reading.TitleWords, reading.AbstractWords);
        (Standing, Categories) = (PaperStanding.Of(reading.Paper), vocabulary.Once(reading.Paper.Categories));
    }

    public Vocabulary Vocabulary { get; }

    public PaperStanding Standing { get; }

    public IReadOnlyList<string> Categories { get; }

    public int TitleWords { get; }

    public int AbstractWords { get; }

    /// <summary>About how much memory it takes, without the vocabulary.</summary>
    public int Octets => Overhead + _octets.Length;

    public static PackedReading Of(PaperReading reading, Vocabulary vocabulary)
    {
        var words = new PackedWord[reading.TitleWords + reading.AbstractWords];
        vocabulary.Pack(reading.Title, words);
        vocabulary.Pack(reading.Abstract, words.AsSpan(reading.TitleWords));
        var octets = new List<byte>((2 * words.Length) + 100);
        foreach (var word in words)
        {
            var rest = word.Packed;
            for (; rest > 0x7f; rest >>= 7)
            {
                octets.Add((byte)(rest | 0x80));
            }

            octets.Add((byte)rest);
        }

        octets.AddRange(PackedNames.Pack(reading.Paper.Authors));
        return new PackedReading(reading, vocabulary, [.. octets]);
    }

    /// <summary>The words as they were packed, the title's first.</summary>
    /// <param name="into">Has room for all of them.</param>
    /// <returns>Where the names of the authors begin (<see cref="Names"/>).</returns>
    public int Unpack(Span<PackedWord> into)
    {
        ReadOnlySpan<byte> octets = _octets;
        var at = 0;
        foreach (ref var word in into[..(TitleWords + AbstractWords)])
        {
            uint octet = octets[at++];
            var packed = octet & 0x7f;
            for (var shift = 7; octet > 0x7f; shift += 7)
            {
                octet = octets[at++];
                packed |= (octet & 0x7f) << shift;
            }

            word = new PackedWord(packed);
        }

        return at;
    }

    public PackedNames Names(int from) => new(_octets.AsMemory(from));
}
