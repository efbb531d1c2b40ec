using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>The profiles by ascending key: the queries of each, and a hash of the text they were read from.</summary>
internal sealed class ProfileTable
{
    private readonly List<long> _keys = [];
    private readonly List<ulong> _prints = [];
    private readonly List<int> _addresses = [];
    private IntRuns _runs = new();
    private long _dead;

    public int Count => _keys.Count;

    public ReadOnlySpan<long> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>The queries of the profile at a place of <see cref="Keys"/>.</summary>
    public ReadOnlySpan<int> Queries(int place) => _runs[_addresses[place]];

    /// <summary>The hash of the text of the profile at a place.</summary>
    public ulong Print(int place) => _prints[place];

    /// <summary>The place of a key; below zero where it is not there.</summary>
    public int Find(long key) => _keys.Count == 0 || key > _keys[^1] ? ~_keys.Count : _keys.BinarySearch(key);

    /// <summary>Adds or replaces. Cheapest by ascending key.</summary>
    public void Put(long key, ulong print, ReadOnlySpan<int> queries)
    {
        var place = Find(key);
        if (place < 0)
        {
            _keys.Insert(~place, key);
            _prints.Insert(~place, print);
            _addresses.Insert(~place, _runs.Add(queries));
            return;
        }

        _dead += _runs[_addresses[place]].Length + 1;
        _prints[place] = print;
        _addresses[place] = _runs.Add(queries);
        Tidy();
    }

    public bool Remove(long key)
    {
        var place = Find(key);
        if (place < 0)
        {
            return false;
        }

        _dead += _runs[_addresses[place]].Length + 1;
        _keys.RemoveAt(place);
        _prints.RemoveAt(place);
        _addresses.RemoveAt(place);
        Tidy();
        return true;
    }

    public void Write(CompiledWriter to)
    {
        to.Write(_keys);
        to.Write(_prints);
        to.Write(_addresses);
        _runs.Write(to);
    }

    public void Read(CompiledReader from)
    {
        from.Read(_keys);
        from.Read(_prints);
        from.Read(_addresses);
        _runs.Read(from);
    }

    /// <summary>Once half of the runs belong to nobody, the others are written anew.</summary>
    private void Tidy()
    {
        if (_dead <= 1 << 16 || _dead * 2 <= _runs.Count)
        {
            return;
        }

        var runs = new IntRuns();
        for (var place = 0; place < _addresses.Count; place++)
        {
            _addresses[place] = runs.Add(Queries(place));
        }

        (_runs, _dead) = (runs, 0);
    }
}
