using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>Writes the choices of an issue as they are stored: JSON, by hand and into one buffer, because every reader gets it. Not thread-safe.</summary>
internal sealed class ChoiceWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> octets = new(4_096);
    private readonly Utf8JsonWriter json;

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
        Write(match.Reason.Hits);
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

    private void Write(IReadOnlyList<Hit> hits)
    {
        json.WriteStartArray("Hits"u8);
        for (var place = 0; place < hits.Count; place++)
        {
            var hit = hits[place];
            json.WriteStartObject();
            json.WriteString("Field"u8, hit.Field);
            json.WriteNumber("Start"u8, hit.Start);
            json.WriteNumber("Length"u8, hit.Length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
