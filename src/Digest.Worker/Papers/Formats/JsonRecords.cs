using System.Text.Json;

namespace Digest.Worker.Papers.Formats;

/// <summary>Hands out the records of a JSON answer one by one; an outsized one is put aside unread.</summary>
internal static class JsonRecords
{
    /// <summary>No honest record comes near this: it is parsed in memory of many times its size.</summary>
    private const int LargestRecord = 1 << 20;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>
    /// Reads the array that is the root, or that stands under <paramref name="array"/> in the root object. All other members of a root
    /// object go to <paramref name="onMember"/>. A document that breaks off after its first record is read up to there.
    /// </summary>
    /// <exception cref="AnswerException">Not JSON, or not of this shape.</exception>
    public static void Read(Stream answer, Reading reading, string? array, Action<JsonElement> onRecord, Action<string, JsonElement>? onMember = null)
    {
        var bytes = Bytes(answer);
        var json = new Utf8JsonReader(bytes.Span, Options);
        var found = false;
        try
        {
            if (!json.Read())
                throw new AnswerException("the answer is empty");
            if (json.TokenType == JsonTokenType.StartArray)
            {
                found = true;
                Records(ref json, bytes, reading, onRecord);
            }
            else if (json.TokenType == JsonTokenType.StartObject)
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var name = json.GetString()!;
                    json.Read();
                    if (name == array && json.TokenType == JsonTokenType.StartArray)
                    {
                        found = true;
                        Records(ref json, bytes, reading, onRecord);
                    }
                    else if (Value(ref json, bytes) is { } member)
                        onMember?.Invoke(name, member);
                }
        }
        catch (JsonException e) when (reading.Entries.Count > 0)
        {
            reading.BreakOff("the answer breaks off: not well-formed JSON", $"byte {json.BytesConsumed} (line {e.LineNumber + 1})");
        }
        catch (JsonException e)
        {
            throw new AnswerException($"not well-formed JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        if (!found)
            throw new AnswerException(array is null ? "not an array of papers" : $"no array \"{array}\" in the answer");
    }

    private static void Records(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes, Reading reading, Action<JsonElement> onRecord)
    {
        for (var number = 1; json.Read() && json.TokenType != JsonTokenType.EndArray; number++)
            if (Value(ref json, bytes) is { ValueKind: JsonValueKind.Object } record)
                onRecord(record);
            else
                reading.PutAside("not a record, or larger than 1 MB", $"record {number}");
    }

    private static JsonElement? Value(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var length = (int)json.BytesConsumed - start;
        if (length > LargestRecord)
            return null;
        using var document = JsonDocument.Parse(bytes.Slice(start, length), new JsonDocumentOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return document.RootElement.Clone();
    }

    private static ReadOnlyMemory<byte> Bytes(Stream answer)
    {
        using var buffer = new MemoryStream();
        answer.CopyTo(buffer);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
