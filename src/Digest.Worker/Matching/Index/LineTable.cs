using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>All distinct lines of all profiles as they were written, and the query each stands for.</summary>
internal sealed class LineTable
{
    private readonly QueryTable _queries;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _texts = [];
    private readonly List<int> _query = [];

    public LineTable(QueryTable queries)
    {
        _queries = queries;
        _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Query(int line) => _query[line];

    public IEnumerable<string> Texts(IEnumerable<int> lines) => lines.Select(line => _texts[line]);

    public int Number(Interest interest) => _numbers.TryGetValue(interest.Text, out var number) ? number : Add(interest);

    /// <summary>-1 for a line that looks for nothing.</summary>
    public int Number(ReadOnlySpan<char> line)
    {
        if (_bySpan.TryGetValue(line, out var number))
        {
            return number;
        }

        return InterestLine.Read(line.ToString(), 1, 0, []) is { } interest ? Add(interest) : -1;
    }

    private int Add(Interest interest)
    {
        _numbers.Add(interest.Text, _texts.Count);
        _texts.Add(interest.Text);
        _query.Add(_queries.Number(interest));
        return _texts.Count - 1;
    }
}
