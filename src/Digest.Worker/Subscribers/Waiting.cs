using System.Buffers;
using System.Text;
using System.Text.Json;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// The papers that wait for a reader's next issue, each until its moment. As stored: JSON, the papers under their moment of expiry. In memory two runs of numbers
/// and a bit for each paper: every reader has one while their page is composed, and is asked for hundreds of papers.
/// </summary>
internal sealed class Waiting
{
    public const string None = "{}";

    /// <summary>Where the numbers of the papers lie further apart they are looked for one by one.</summary>
    private const long WidestMarked = 1 << 14;

    private readonly List<string> moments = [];
    private long[] papers;

    /// <summary>Null while they all have the first moment, as most have.</summary>
    private int[]? momentOf;
    private int count;
    private ulong[]? marks;
    private long firstMarked;

    private Waiting(int most) => papers = most == 0 ? [] : new long[most];

    public IReadOnlyCollection<long> Papers => new ArraySegment<long>(papers, 0, count);

    /// <summary>The same, without an object.</summary>
    public ReadOnlySpan<long> Numbers => papers.AsSpan(0, count);

    public bool Contains(long paper)
    {
        marks ??= Mark();
        if (marks.Length == 0)
            return Numbers.Contains(paper);
        var place = (ulong)(paper - firstMarked);
        return place >> 6 < (ulong)marks.Length && ((marks[place >> 6] >> (int)(place & 63)) & 1) != 0;
    }

    /// <summary>Those of <paramref name="stored"/> that have not expired by <paramref name="now"/>.</summary>
    public static Waiting Read(string stored, DateTimeOffset now) => Read(stored, TypeHandlers.ToText(now));

    /// <summary>The same for the moment as it would be stored, for whoever reads many.</summary>
    public static Waiting Read(string stored, string now)
    {
        if (stored == None)
            return new Waiting(0);
        // A comma stands between two.
        var waiting = new Waiting(stored.AsSpan().Count(',') + 1);
        var octets = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(stored.Length));
        try
        {
            waiting.Read(new Utf8JsonReader(octets.AsSpan(0, Encoding.UTF8.GetBytes(stored, octets))), now);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(octets);
        }
        return waiting;
    }

    /// <summary>When a paper expires that waits.</summary>
    public DateTimeOffset Expires(long paper) =>
        Numbers.IndexOf(paper) is var place and >= 0 ? TypeHandlers.ToTime(moments[MomentOf(place)]) : throw new KeyNotFoundException($"Paper {paper} does not wait.");

    /// <summary>Lets more papers wait. One that waits already keeps its moment.</summary>
    public void Add(IEnumerable<long> more, DateTimeOffset expiresAt)
    {
        var moment = Moment(TypeHandlers.ToText(expiresAt));
        foreach (var paper in more)
            if (!Numbers.Contains(paper))
                Put(paper, moment);
        marks = null;
    }

    /// <summary>Writes it as it is stored after an issue: of what waited only what is <paramref name="wanted"/> goes on waiting, until its moment; the others wait from now on.</summary>
    /// <param name="moment">Theirs, as it is stored.</param>
    public void WriteAfter(Utf8JsonWriter json, IReadOnlyList<long> wanted, string moment)
    {
        const int Few = 128;
        var all = (wanted.Count <= Few ? stackalloc long[Few] : new long[wanted.Count])[..wanted.Count];
        var their = (wanted.Count <= Few ? stackalloc int[Few] : new int[wanted.Count])[..wanted.Count];
        if (wanted is long[] array)
            array.CopyTo(all);
        else
            for (var place = 0; place < all.Length; place++)
                all[place] = wanted[place];
        all.Sort();
        var last = Moment(moment);
        for (var place = 0; place < all.Length; place++)
            their[place] = Contains(all[place]) ? MomentOf(Numbers.IndexOf(all[place])) : last;
        Write(json, all, their);
    }

    /// <summary>As it is stored.</summary>
    public override string ToString()
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets))
        {
            var (all, their) = (Numbers.ToArray(), new int[count]);
            momentOf.AsSpan(0, momentOf is null ? 0 : count).CopyTo(their);
            Array.Sort(all, their);
            Write(json, all, their);
        }
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    private void Read(Utf8JsonReader reader, string now)
    {
        var moment = -1;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                moment = reader.GetString()! is var text && string.CompareOrdinal(text, now) > 0 ? Moment(text) : -1;
            else if (reader.TokenType == JsonTokenType.Number && moment >= 0)
                Set(reader.GetInt64(), moment);
        }
    }

    /// <summary>The number of a moment, given if need be.</summary>
    private int Moment(string text)
    {
        var number = moments.IndexOf(text);
        if (number >= 0)
            return number;
        moments.Add(text);
        return moments.Count - 1;
    }

    /// <summary>One that was read under two moments has the second.</summary>
    private void Set(long paper, int moment)
    {
        // They stand in order under each moment.
        var isNew = count == 0 || (moments.Count == 1 && paper > papers[count - 1]);
        var place = isNew ? -1 : Numbers.IndexOf(paper);
        if (place >= 0)
            SetMoment(place, moment);
        else
            Put(paper, moment);
    }

    private void Put(long paper, int moment)
    {
        if (count == papers.Length)
        {
            Array.Resize(ref papers, Math.Max(8, count * 2));
            if (momentOf is not null)
                Array.Resize(ref momentOf, papers.Length);
        }
        papers[count] = paper;
        SetMoment(count, moment);
        count++;
    }

    private int MomentOf(int place) => momentOf is null ? 0 : momentOf[place];

    private void SetMoment(int place, int moment)
    {
        if (moment != 0 || momentOf is not null)
            (momentOf ??= new int[papers.Length])[place] = moment;
    }

    /// <returns>None where there would be too many.</returns>
    private ulong[] Mark()
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var paper in Numbers)
            (least, most) = (Math.Min(least, paper), Math.Max(most, paper));
        if (count == 0 || most - least >= WidestMarked)
            return [];
        firstMarked = least;
        var bits = new ulong[((most - least) >> 6) + 1];
        foreach (var paper in Numbers)
            bits[(paper - least) >> 6] |= 1UL << (int)((paper - least) & 63);
        return bits;
    }

    /// <summary>Written by hand: every issue writes one. They have one moment or a few, so that going through the numbers for each is the cheapest.</summary>
    private void Write(Utf8JsonWriter json, ReadOnlySpan<long> all, ReadOnlySpan<int> their)
    {
        json.WriteStartObject();
        for (var moment = Next(""); moment >= 0; moment = Next(moments[moment]))
        {
            var begun = false;
            for (var place = 0; place < all.Length; place++)
            {
                if (their[place] != moment)
                    continue;
                if (!begun)
                    json.WriteStartArray(moments[moment]);
                begun = true;
                json.WriteNumberValue(all[place]);
            }
            if (begun)
                json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>The first moment after one; -1: there is none.</summary>
    private int Next(string after)
    {
        var next = -1;
        for (var number = 0; number < moments.Count; number++)
        {
            if (string.CompareOrdinal(moments[number], after) > 0 && (next < 0 || string.CompareOrdinal(moments[number], moments[next]) < 0))
                next = number;
        }
        return next;
    }
}
