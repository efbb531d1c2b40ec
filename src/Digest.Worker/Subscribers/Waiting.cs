using System.Buffers;
using System.Text;
using System.Text.Json;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>The papers that wait for a reader's next issue, each until its moment. As stored: JSON, the papers under their moment of expiry.</summary>
internal sealed class Waiting
{
    public const string None = "{}";

    private readonly Dictionary<long, string> papers;

    private Waiting(int count) => papers = new(count);

    public IReadOnlyCollection<long> Papers => papers.Keys;

    public bool Contains(long paper) => papers.ContainsKey(paper);

    /// <summary>Those of <paramref name="stored"/> that have not expired by <paramref name="now"/>.</summary>
    public static Waiting Read(string stored, DateTimeOffset now)
    {
        if (stored == None)
            return new Waiting(0);
        // A comma stands between two; a table that grows is written three times.
        var waiting = new Waiting(stored.AsSpan().Count(',') + 1);
        var (text, expires) = (TypeHandlers.ToText(now), "");
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(stored));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                expires = reader.GetString()!;
            else if (reader.TokenType == JsonTokenType.Number && string.CompareOrdinal(expires, text) > 0)
                waiting.papers[reader.GetInt64()] = expires;
        }
        return waiting;
    }

    /// <summary>When a paper expires that waits.</summary>
    public DateTimeOffset Expires(long paper) => TypeHandlers.ToTime(papers[paper]);

    /// <summary>Lets more papers wait. One that waits already keeps its moment.</summary>
    public void Add(IEnumerable<long> more, DateTimeOffset expiresAt)
    {
        var expires = TypeHandlers.ToText(expiresAt);
        foreach (var paper in more)
            papers.TryAdd(paper, expires);
    }

    /// <summary>Writes it as it is stored after an issue: of what waited only what is <paramref name="wanted"/> goes on waiting, until its moment; the others wait from now on.</summary>
    public void WriteAfter(Utf8JsonWriter json, IReadOnlyList<long> wanted, DateTimeOffset expiresAt)
    {
        var expires = TypeHandlers.ToText(expiresAt);
        Write(json, [.. wanted], paper => papers.GetValueOrDefault(paper, expires));
    }

    /// <summary>As it is stored.</summary>
    public override string ToString()
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets))
            Write(json, [.. papers.Keys], paper => papers[paper]);
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    /// <summary>Written by hand: every issue writes one. They have one moment or a few, so that sorting the numbers alone is the cheapest.</summary>
    private static void Write(Utf8JsonWriter json, long[] papers, Func<long, string> expires)
    {
        Array.Sort(papers);
        var moments = Array.ConvertAll(papers, paper => expires(paper));
        json.WriteStartObject();
        for (var moment = Next(moments, ""); moment is not null; moment = Next(moments, moment))
        {
            json.WriteStartArray(moment);
            for (var place = 0; place < papers.Length; place++)
                if (moments[place] == moment)
                    json.WriteNumberValue(papers[place]);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>The first moment after one; null: there is none.</summary>
    private static string? Next(string[] moments, string after)
    {
        string? next = null;
        foreach (var moment in moments)
        {
            if (string.CompareOrdinal(moment, after) > 0 && (next is null || string.CompareOrdinal(moment, next) < 0))
                next = moment;
        }
        return next;
    }
}
