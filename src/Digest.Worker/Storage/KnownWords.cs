namespace Digest.Worker.Storage;

/// <summary>What the words of a column stand for that has few of them: each is read once, and all rows share what it is. Not thread-safe.</summary>
internal sealed class KnownWords<T>(Func<string, T> read)
{
    /// <summary>Of a column that has many words after all no more are kept.</summary>
    private const int MostKept = 1_000;

    private readonly Dictionary<string, T> known = new(StringComparer.Ordinal);

    public T this[ReadOnlySpan<char> word]
    {
        get
        {
            if (known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var value))
                return value;
            if (known.Count == MostKept)
                known.Clear();
            var text = word.ToString();
            known.Add(text, value = read(text));
            return value;
        }
    }
}
