using System.Text;
using System.Text.Json;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>The papers that wait for a reader's next issue, each until its moment. As stored: JSON, the papers under their moment of expiry.</summary>
internal sealed class Waiting
{
    public const string None = "{}";

    private readonly Dictionary<long, string> papers = [];

    private Waiting()
    {
    }

    public IReadOnlyCollection<long> Papers => papers.Keys;

    public bool Contains(long paper) => papers.ContainsKey(paper);

    /// <summary>Those of <paramref name="stored"/> that have not expired by <paramref name="now"/>.</summary>
    public static Waiting Read(string stored, DateTimeOffset now)
    {
        var waiting = new Waiting();
        if (stored == None)
            return waiting;
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

    /// <summary>As it is stored after an issue: of what waited only what is <paramref name="wanted"/> goes on waiting, until its moment; the others wait from now on.</summary>
    public string After(IReadOnlyList<long> wanted, DateTimeOffset expiresAt)
    {
        var expires = TypeHandlers.ToText(expiresAt);
        var entries = new KeyValuePair<long, string>[wanted.Count];
        for (var place = 0; place < entries.Length; place++)
            entries[place] = new(wanted[place], papers.GetValueOrDefault(wanted[place], expires));
        return Write(entries);
    }

    /// <summary>As it is stored.</summary>
    public override string ToString() => Write([.. papers]);

    /// <summary>Written by hand: every issue writes one.</summary>
    private static string Write(KeyValuePair<long, string>[] papers)
    {
        if (papers.Length == 0)
            return None;
        Array.Sort(papers, static (left, right) => string.CompareOrdinal(left.Value, right.Value) is not 0 and var order ? order : left.Key.CompareTo(right.Key));
        var json = new StringBuilder("{", 32 + (papers.Length * 8));
        for (var place = 0; place < papers.Length; place++)
        {
            var (paper, expires) = papers[place];
            if (place == 0 || expires != papers[place - 1].Value)
                json.Append(place == 0 ? "" : "],").Append('"').Append(expires).Append("\":[");
            else
                json.Append(',');
            json.Append(paper);
        }
        return json.Append("]}").ToString();
    }
}
