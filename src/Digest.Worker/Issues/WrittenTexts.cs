using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>
/// The texts of a group of issues as they are stored, JSON in UTF-8, one behind the other in memory that is used again for the next group: as strings they
/// were a fifth of what composing allocated, and lived just long enough to be carried along by every collection. Not thread-safe.
/// </summary>
internal sealed class WrittenTexts : IDisposable
{
    private readonly ArrayBufferWriter<byte> octets = new(1 << 16);
    private readonly Utf8JsonWriter json;
    private int from;

    // It stands in a column, never in a page: only what JSON itself demands is escaped.
    public WrittenTexts() => json = new Utf8JsonWriter(octets, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>What the next text is written with.</summary>
    public Utf8JsonWriter Begin()
    {
        // What was begun and not ended stays there, in nobody's text.
        json.Reset();
        from = octets.WrittenCount;
        return json;
    }

    /// <summary>The text that was begun; it holds until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        json.Flush();
        return octets.WrittenMemory[from..];
    }

    public void Clear() => octets.ResetWrittenCount();

    public void Dispose() => json.Dispose();
}
