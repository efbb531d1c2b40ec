using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

/// <summary>Papers and profiles out of few words, so that everything meets everything; the words are chosen to collide.</summary>
internal sealed class RandomProfiles(int seed)
{
    private static readonly string[] Words =
    [
        "pre", "training", "pre-training", "pretraining", "Pre-Training", "data", "set", "dataset", "datasets", "data-set", "ion", "ions", "attention", "in",
        "formation", "information", "the", "of", "a", "model", "models", "Model's", "language", "LANGUAGE", "RAG", "rag", "SIS", "sis", "LLM", "LLMs", "llm",
        "β-decay", "beta", "decay", "2νββ", "t-J", "TJ", "NbSe2", "NbSe₂", "GPT-4", "GPT", "4", "3.5", "35", "3", "5", "f(R)", "SU(2)", "C++", "C#",
        "naïve", "naive", "Schrödinger", "matrices", "matrix", "heated", "heating", "heat", "flow", "flows", "大模型", "模型", "大", "and", "or", "graph,",
        "graph.", "neural", "network", "networks", "state-of-the-art", "art", "quantized", "quantization", "quantiz",
        "Flow", "end.", "data?", "e.g.",
    ];

    private static readonly string[] Names = ["Yann LeCun", "LeCun, Y.", "Y. LeCun", "Kaiming He", "He Kaiming", "K. He", "José Müller", "J Mueller", "Jose Muller", "Laurens van der Maaten"];
    private static readonly string[] Categories = ["cs.LG", "cs.CL", "cs", "stat.ML", "astro-ph.CO", "hep-ex"];

    private readonly Random _random = new(seed);

    public Paper Paper(int id) => new()
    {
        Id = id,
        WorkKey = "arxiv:" + id,
        Title = Text(2, 8),
        Abstract = Text(0, 40),
        Authors = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Names))],
        Categories = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Categories))],
        Upvotes = _random.Next(3) == 0 ? _random.Next(5) : null,
    };

    public Profile Profile() => Digest.Worker.Matching.Profile.Parse(Lines());

    public string Lines() => string.Join('\n', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Line()));

    private string Line() => _random.Next(12) switch
    {
        0 => "-" + Operand(0),
        1 => "Name: " + Expression(2),
        2 => Text(4, 9),
        < 7 => Text(1, 3),
        _ => Expression(2),
    };

    private string Expression(int depth) => depth == 0 ? Operand(0) : _random.Next(6) switch
    {
        0 => $"{Expression(depth - 1)} or {Expression(depth - 1)}",
        1 => $"{Expression(depth - 1)} and {Expression(depth - 1)}",
        2 => $"({Expression(depth - 1)}) -{Operand(0)}",
        3 => $"({Expression(depth - 1)} or {Operand(0)})^{_random.Next(2, 4)}",
        _ => Operand(depth),
    };

    private string Operand(int depth) => _random.Next(9 + depth) switch
    {
        0 => $"\"{Text(1, 3)}\"",
        1 => $"\"{Text(2, 3)}\"~{_random.Next(6)}",
        2 => "cat:" + Pick(["cs.LG", "cs.*", "cs", "stat.*", "hep-ex", "astro-ph.*"]),
        3 => $"author:\"{Pick(Names)}\"",
        4 => "ti:" + Pick(Words),
        5 => "abs:\"" + Text(1, 2) + "\"",
        6 => Pick(["quantiz*", "pre-train*", "pretrain*", "da*", "inform*", "netw*"]),
        _ => Pick(Words),
    };

    private string Text(int least, int most) =>
        string.Join(_random.Next(8) == 0 ? "-" : " ", Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => Pick(Words)));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
