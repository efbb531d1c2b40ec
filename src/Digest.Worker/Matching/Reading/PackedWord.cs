namespace Digest.Worker.Matching.Reading;

/// <summary>A word of a packed paper: its number in the vocabulary, and below it in two bits the gap before it.</summary>
internal readonly record struct PackedWord(uint Packed)
{
    public int Number => (int)(Packed >> 2);

    public Gap Gap => (Gap)(Packed & 3);

    public static PackedWord Of(int number, Gap gap) => new(((uint)number << 2) | (uint)gap);
}
