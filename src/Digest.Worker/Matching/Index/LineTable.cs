using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>All distinct lines of all profiles, known by the hash of how they were written, and the query each stands for.</summary>
internal sealed class LineTable(QueryTable queries)
{
    private readonly KeyNumbers _keys = new();
    private readonly List<int> _query = [];

    public int Count => _query.Count;

    /// <summary>The query of a line; -1 for a line that looks for nothing. A line that is known from another profile is not parsed again.</summary>
    public int Query(ReadOnlySpan<char> line)
    {
        var key = LetterHash.Key(line, KeyFamily.Line);
        var number = _keys.Find(key);
        return number >= 0 ? _query[number] : Add(key, InterestLine.Read(line.ToString(), 1, 0, null));
    }

    /// <summary>The same for a line that was parsed already.</summary>
    public int Query(Interest interest)
    {
        var key = LetterHash.Key(interest.Text, KeyFamily.Line);
        var number = _keys.Find(key);
        return number >= 0 ? _query[number] : Add(key, interest);
    }

    /// <summary>The query of a line; -1 where no profile has it, or it looks for nothing.</summary>
    public int Known(ReadOnlySpan<char> line) => _keys.Find(LetterHash.Key(line, KeyFamily.Line)) is var number and >= 0 ? _query[number] : -1;

    public void Write(CompiledWriter to)
    {
        _keys.Write(to);
        to.Write(_query);
    }

    public void Read(CompiledReader from)
    {
        _keys.Read(from);
        from.Read(_query);
    }

    private int Add(ulong key, Interest? interest)
    {
        _keys.Add(key);
        _query.Add(interest is null ? -1 : queries.Number(interest));
        return _query[^1];
    }
}
