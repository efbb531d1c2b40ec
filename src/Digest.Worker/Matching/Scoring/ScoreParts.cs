using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Digest.Worker.Matching.Scoring;

/// <summary>The parts of a score in their order: a handful, so that a table to look them up in would be most of what a match takes.</summary>
internal sealed class ScoreParts : IReadOnlyDictionary<string, double>
{
    private readonly KeyValuePair<string, double>[] _parts;

    /// <summary>Those that are 0 are left out.</summary>
    public ScoreParts(ReadOnlySpan<KeyValuePair<string, double>> parts)
    {
        var count = 0;
        foreach (ref readonly var part in parts)
        {
            count += part.Value != 0 ? 1 : 0;
        }

        _parts = new KeyValuePair<string, double>[count];
        count = 0;
        foreach (ref readonly var part in parts)
        {
            if (part.Value != 0)
            {
                _parts[count++] = part;
            }
        }
    }

    public int Count => _parts.Length;

    public IEnumerable<string> Keys => _parts.Select(part => part.Key);

    public IEnumerable<double> Values => _parts.Select(part => part.Value);

    public double this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The score has no part {key}.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        foreach (var part in _parts)
        {
            if (part.Key == key)
            {
                value = part.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, double>>)_parts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _parts.GetEnumerator();
}
