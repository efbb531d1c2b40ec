using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>Writes the choices of an issue as they are stored: JSON, by hand and into one buffer, because every reader gets it. Not thread-safe.</summary>
internal sealed class ChoiceWriter : IDisposable
{
    /// <summary>Readers who share a line and get the same paper for it share its places (<see cref="MatchRun"/>); so many are kept as they were written.</summary>
    private const int MostKnown = 50_000;

    private readonly ArrayBufferWriter<byte> octets = new(4_096);
    private readonly Utf8JsonWriter json;
    private readonly Dictionary<IReadOnlyList<Hit>, byte[]> known = new(ReferenceEqualityComparer.Instance);

    // It stands in a column, never in a page: only what JSON itself demands is escaped.
    public ChoiceWriter() => json = new Utf8JsonWriter(octets, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public string Write(IReadOnlyList<Match> matches)
    {
        octets.ResetWrittenCount();
        json.Reset();
        json.WriteStartArray();
        foreach (var match in matches)
            Write(match);
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    public void Dispose() => json.Dispose();

    private void Write(Match match)
    {
        json.WriteStartObject();
        json.WriteNumber("Score"u8, match.Score);
        json.WriteString("Interest"u8, match.Reason.Interest);
        json.WriteString("Field"u8, match.Reason.Field);
        json.WritePropertyName("Hits"u8);
        json.WriteRawValue(Written(match.Reason.Hits), skipInputValidation: true);
        json.WriteStartObject("Parts"u8);
        foreach (var (name, value) in match.Reason.Parts)
            json.WriteNumber(name, value);
        json.WriteEndObject();
        if (match.Paper.Upvotes is { } upvotes)
            json.WriteNumber("Upvotes"u8, upvotes);
        if (match.Paper.CodeUrl is { } code)
            json.WriteString("CodeUrl"u8, code);
        json.WriteEndObject();
    }

    private byte[] Written(IReadOnlyList<Hit> hits)
    {
        if (known.TryGetValue(hits, out var written))
            return written;
        if (known.Count == MostKnown)
            known.Clear();
        var own = new ArrayBufferWriter<byte>(64 + (hits.Count * 48));
        using (var array = new Utf8JsonWriter(own, json.Options))
        {
            array.WriteStartArray();
            foreach (var hit in hits)
            {
                array.WriteStartObject();
                array.WriteString("Field"u8, hit.Field);
                array.WriteNumber("Start"u8, hit.Start);
                array.WriteNumber("Length"u8, hit.Length);
                array.WriteEndObject();
            }
            array.WriteEndArray();
        }
        known.Add(hits, written = own.WrittenSpan.ToArray());
        return written;
    }
}
