using System.Text.Json;

namespace Digest.Templates.Languages;

/// <summary>One sentence of ours: a form for each plural category, each cut at its placeholders <c>{0}</c>…<c>{9}</c>.</summary>
internal sealed class Sentence
{
    private readonly Part[] _one;
    private readonly Part[] _other;

    public Sentence(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            _other = _one = Cut(value.GetString()!);
            return;
        }

        _other = Cut(value.Part("other").GetString()!);
        _one = value.TryGetProperty("one", out var one) ? Cut(one.GetString()!) : _other;
    }

    /// <summary>A stretch of our own words, or the number of a value.</summary>
    public readonly record struct Part(string? Words, int Value);

    public IEnumerable<int> Values => _other.Concat(_one).Where(part => part.Words is null).Select(part => part.Value).Distinct().Order();

    /// <summary>The sentence itself, where it has no values and no plural.</summary>
    public string? Whole => ReferenceEquals(_one, _other) && _other is [{ Words: { } words }] ? words : null;

    public ReadOnlySpan<Part> Form(bool one) => one ? _one : _other;

    private static Part[] Cut(string pattern)
    {
        var parts = new List<Part>();
        var rest = pattern.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0)
        {
            if (open + 2 >= rest.Length || !char.IsAsciiDigit(rest[open + 1]) || rest[open + 2] != '}')
                throw new FormatException($"a brace that is not a placeholder like {{0}} in \"{pattern}\"");
            if (open > 0)
                parts.Add(new Part(rest[..open].ToString(), 0));
            parts.Add(new Part(null, rest[open + 1] - '0'));
            rest = rest[(open + 3)..];
        }

        if (rest.Length > 0)
            parts.Add(new Part(rest.ToString(), 0));
        return [.. parts];
    }
}
