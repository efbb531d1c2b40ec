using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Index;

/// <summary>Numbers keys of 64 bits in the order in which they come. A key may be added more than once and then has several numbers.</summary>
internal sealed class KeyNumbers
{
    private readonly List<ulong> _keys = [];
    private int[] _slots = new int[64];

    public int Count => _keys.Count;

    public ReadOnlySpan<ulong> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>The first number of the key; -1 where it is not known.</summary>
    public int Find(ulong key)
    {
        var slot = Home(key);
        return Find(key, ref slot);
    }

    /// <summary>The next number of the key from <paramref name="slot"/> on; -1 at the end. Begin with <see cref="Home"/>.</summary>
    public int Find(ulong key, ref int slot)
    {
        var slots = _slots;
        while (true)
        {
            var number = slots[slot] - 1;
            slot = (slot + 1) & (slots.Length - 1);
            if (number < 0 || _keys[number] == key)
            {
                return number;
            }
        }
    }

    /// <summary>Where the search for a key begins.</summary>
    public int Home(ulong key) => (int)(key >> 20) & (_slots.Length - 1);

    public int Add(ulong key)
    {
        _keys.Add(key);
        if (_keys.Count * 2 > _slots.Length)
        {
            Rebuild();
        }
        else
        {
            Place(_keys.Count - 1);
        }

        return _keys.Count - 1;
    }

    public void Write(CompiledWriter to) => to.Write(_keys);

    public void Read(CompiledReader from)
    {
        from.Read(_keys);
        Rebuild();
    }

    private void Rebuild()
    {
        var size = 64;
        while (size < _keys.Count * 3L)
        {
            size *= 2;
        }

        _slots = new int[size];
        for (var number = 0; number < _keys.Count; number++)
        {
            Place(number);
        }
    }

    private void Place(int number)
    {
        var slot = Home(_keys[number]);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = number + 1;
    }
}
