namespace Digest.Worker.Matching.Reading;

/// <summary>The words of one text after the other with their stems, in the same memory.</summary>
internal sealed class WordBuffer
{
    public List<Word> Words { get; } = [];

    public List<string> Stems { get; } = [];

    public void Clear()
    {
        Words.Clear();
        Stems.Clear();
    }

    public void Add(in Word word, string stem)
    {
        Words.Add(word);
        Stems.Add(stem);
    }
}
