using System.Collections.Concurrent;

namespace Digest.Templates.Cards;

/// <summary>
/// The cards written last, within a bound of memory. When half of it is full the cards of the time before are let go, and what is
/// asked for again moves on: a day's papers stay, yesterday's leave by themselves.
/// </summary>
/// <param name="mostOctets">Memory of both generations together, roughly.</param>
internal sealed class CardCache(long mostOctets)
{
    private readonly Lock _turn = new();
    private ConcurrentDictionary<CardKey, FinishedCard> _young = [];
    private ConcurrentDictionary<CardKey, FinishedCard> _old = [];
    private long _size;

    /// <summary>Octets that the younger generation takes: never more than half of the bound and one card.</summary>
    public long Size => Interlocked.Read(ref _size);

    public FinishedCard? Find(CardKey key)
    {
        if (_young.TryGetValue(key, out var card))
            return card;
        if (!_old.TryGetValue(key, out card))
            return null;
        Add(key, card);
        return card;
    }

    public void Add(CardKey key, FinishedCard card)
    {
        if (!_young.TryAdd(key, card))
            return;
        if (Interlocked.Add(ref _size, CardKey.Size + card.Size) <= mostOctets / 2)
            return;
        lock (_turn)
        {
            if (Interlocked.Read(ref _size) <= mostOctets / 2)
                return;
            _old = _young;
            _young = [];
            Interlocked.Exchange(ref _size, 0);
        }
    }
}
