using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Formats;

/// <summary>Hands out the records of a JSON answer one by one; an outsized one is put aside unread.</summary>
internal static class JsonRecords
{
    /// <summary>No honest record comes near this: it is parsed in memory of many times its size.</summary>
    private const int LargestRecord = 1 << 20;

    /// <summary>Where a whole page is one record.</summary>
    private const int LargestMessage = 8 << 20;

    /// <summary>JSON is held in memory while it is read; the largest honest page has 2 MB.</summary>
    private const int LargestAnswer = 16 << 20;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonDocumentOptions RecordOptions = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>
    /// Reads the array that stands at <paramref name="path"/> (empty: the root), with <paramref name="single"/> an object there as
    /// the only record. Other members on the way go to <paramref name="onMember"/>. A document that breaks off after its first record is read up to there.
    /// </summary>
    /// <exception cref="AnswerException">Not JSON, or not of this shape.</exception>
    public static void Read(Stream answer, Reading reading, string[] path, Action<JsonElement> onRecord, Action<string, JsonElement>? onMember = null, bool single = false)
    {
        var bytes = Bytes(answer);
        var json = new Utf8JsonReader(bytes.Span, Options);
        try
        {
            if (!json.Read())
                throw new AnswerException("the answer is empty");
            if (!Walk(ref json, bytes, reading, path, onRecord, onMember ?? ((_, _) => { }), single))
            {
                // "No posts found" may come without the list that is empty.
                if (reading.Quiet is not null)
                    return;
                throw new AnswerException(path.Length == 0 ? "not an array of papers" : $"no \"{string.Join('.', path)}\" in the answer");
            }
            if (!reading.IsFull && json.Read())
                throw new JsonException("something stands behind the end");
        }
        catch (JsonException) when (reading.Taken > 0)
        {
            reading.BreakOff("the answer breaks off: not well-formed JSON", $"byte {json.BytesConsumed}");
        }
        catch (InvalidOperationException e)
        {
            throw new AnswerException("not well-formed JSON: a name that is no text", e);
        }
        catch (JsonException e)
        {
            throw new AnswerException($"not well-formed JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <returns>True when the records were found in the value that the reader stands on.</returns>
    private static bool Walk(
        ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes, Reading reading, ReadOnlySpan<string> path, Action<JsonElement> onRecord, Action<string, JsonElement> onMember,
        bool single)
    {
        if (path.Length == 0)
        {
            if (json.TokenType == JsonTokenType.StartArray)
            {
                Records(ref json, bytes, reading, onRecord);
                return true;
            }
            if (!single && json.TokenType == JsonTokenType.StartObject)
            {
                // An object instead of the records is mostly an error that says what is wrong.
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var name = json.GetString()!;
                    json.Read();
                    if (Value(ref json, bytes) is { } member)
                        onMember(name, member);
                }
                return false;
            }
            if (!single || json.TokenType != JsonTokenType.StartObject || Value(ref json, bytes, LargestMessage) is not { } only)
            {
                json.Skip();
                return false;
            }
            onRecord(only);
            return true;
        }
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }
        var found = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (name == path[0])
                found |= Walk(ref json, bytes, reading, path[1..], onRecord, onMember, single);
            else if (Value(ref json, bytes) is { } member)
                onMember(name, member);
        }
        return found;
    }

    private static void Records(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes, Reading reading, Action<JsonElement> onRecord)
    {
        for (var number = 1; !reading.IsFull && json.Read() && json.TokenType != JsonTokenType.EndArray; number++)
            if (Value(ref json, bytes) is { ValueKind: JsonValueKind.Object } record)
                Record(record, number, reading, onRecord);
            else
                reading.PutAside("not a record, or larger than 1 MB", $"record {number}");
    }

    private static void Record(JsonElement record, int number, Reading reading, Action<JsonElement> onRecord)
    {
        try
        {
            onRecord(record);
        }
        catch (InvalidOperationException)
        {
            // A member whose name is half of a surrogate pair, written as \ud800: JSON allows it, text does not.
            reading.PutAside("a name that is no text", $"record {number}");
        }
    }

    private static JsonElement? Value(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes, int largest = LargestRecord)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var length = (int)json.BytesConsumed - start;
        if (length > largest)
            return null;
        using var document = JsonDocument.Parse(bytes.Slice(start, length), RecordOptions);
        return document.RootElement.Clone();
    }

    private static ReadOnlyMemory<byte> Bytes(Stream answer)
    {
        using var buffer = new MemoryStream();
        using var bounded = new BoundedStream(answer, LargestAnswer);
        try
        {
            bounded.CopyTo(buffer);
        }
        catch (TooLargeException e)
        {
            throw new AnswerException(e.Message, e);
        }
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (!Utf8.IsValid(bytes.Span) || bytes.Span is [_, 0, ..] or [0, _, ..])
            using (var text = CharacterSet.Read(new MemoryStream(buffer.GetBuffer(), 0, (int)buffer.Length)))
                bytes = Encoding.UTF8.GetBytes(text.ReadToEnd());
        if (bytes.Span.TrimStart(" \r\n\t"u8).StartsWith("<"u8))
            throw new AnswerException("a page of markup, not JSON");
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
