using System.Globalization;
using Digest.Worker.Papers;

namespace Digest.Bench.Matching;

/// <summary>
/// Papers and profiles as people write them by the numbers: one word 42 %, two 37 %, three 13 %, the rest a quoted phrase of four; 8.5 interests a
/// profile out of 200,000 that exist, popular ones more often. Words are seven letters, so that no two of them joined are a third: FTS5,
/// which knows nothing of joined words, can then be asked for exactly the same.
/// </summary>
internal sealed class SyntheticWorld
{
    private const int Words = 20_000;
    private const int Pool = 200_000;
    private readonly int _seed;
    private readonly string[] _words = new string[Words];
    private readonly string[] _interests = new string[Pool];

    public SyntheticWorld(int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Words;)
        {
            var word = string.Concat(Enumerable.Range(0, 7).Select(place => (place % 2 == 0 ? "bdfgklmnprtvz" : "aeiou")[random.Next(place % 2 == 0 ? 13 : 5)]));
            if (known.Add(word))
            {
                _words[i++] = word;
            }
        }

        for (var i = 0; i < Pool; i++)
        {
            _interests[i] = random.Next(100) switch
            {
                < 42 => Rare(random),
                < 79 => Rare(random) + " " + Common(random),
                < 92 => $"{Rare(random)} {Common(random)} {Common(random)}",
                _ => $"\"{Common(random)} {Common(random)} {Common(random)} {Common(random)}\"",
            };
        }
    }

    public Paper Paper(int id)
    {
        var random = new Random(unchecked((_seed * 1_000_033) + (id * 7)));
        return new Paper
        {
            Id = id,
            WorkKey = "bench:" + id.ToString(CultureInfo.InvariantCulture),
            Title = string.Join(' ', Enumerable.Range(0, 10).Select(_ => Common(random))),
            Abstract = string.Join(' ', Enumerable.Range(0, 180).Select(_ => Common(random))),
        };
    }

    public string Profile(int key) => string.Join('\n', Interests(key));

    public IEnumerable<string> Interests(int key)
    {
        var random = new Random(unchecked((_seed * 1_000_003) + key));
        var count = random.Next(1, 17);
        return Enumerable.Range(0, count).Select(_ => _interests[(int)(Pool * Math.Pow(random.NextDouble(), 3))]).Distinct().ToList();
    }

    /// <summary>Word number n is about n times rarer than the first.</summary>
    private string Common(Random random) => _words[(int)Math.Pow(Words, random.NextDouble()) - 1];

    /// <summary>Nobody looks for the hundred commonest words.</summary>
    private string Rare(Random random) => _words[100 + (int)((Words - 100) * Math.Pow(random.NextDouble(), 2))];
}
