using System.Collections;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Index;

/// <summary>Some papers of a run, in an order of their own.</summary>
internal sealed class PapersByNumber(IReadOnlyList<Paper> papers, int[] numbers) : IReadOnlyList<Paper>
{
    public int Count => numbers.Length;

    public Paper this[int index] => papers[numbers[index]];

    public IEnumerator<Paper> GetEnumerator() => numbers.Select(number => papers[number]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
