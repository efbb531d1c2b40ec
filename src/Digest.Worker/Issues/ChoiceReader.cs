using System.Buffers;
using System.Text;
using System.Text.Json;
using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>
/// Reads stored choices: twenty of them stand in a mail, and the serializer takes three times as long for each. What a mail does not show (the parts of
/// the score) is passed over.
/// </summary>
internal static class ChoiceReader
{
    private static readonly Dictionary<string, double> NoParts = [];

    /// <summary>The choices of an issue, in the order of its papers.</summary>
    /// <exception cref="JsonException">They are no list of choices.</exception>
    public static IReadOnlyList<Choice> Read(string json)
    {
        var octets = ArrayPool<byte>.Shared.Rent(json.Length * 3);
        try
        {
            var reader = new Utf8JsonReader(octets.AsSpan(0, Encoding.UTF8.GetBytes(json, octets)));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("Stored choices are a list.");
            var choices = new List<Choice>(8);
            while (Next(ref reader, JsonTokenType.EndArray))
                choices.Add(One(ref reader));
            return choices;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(octets);
        }
    }

    private static Choice One(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A stored choice is an object.");
        var (interest, field, code) = ((string?)null, (string?)null, (string?)null);
        Hit[]? hits = null;
        int? upvotes = null;
        var score = 0.0;
        while (Next(ref reader, JsonTokenType.EndObject))
        {
            if (Is(ref reader, "Score"u8))
                score = reader.GetDouble();
            else if (Is(ref reader, "Interest"u8))
                interest = reader.GetString();
            else if (Is(ref reader, "Field"u8))
                field = FieldName(ref reader);
            else if (Is(ref reader, "Hits"u8))
                hits = Hits(ref reader);
            else if (Is(ref reader, "Upvotes"u8))
                upvotes = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
            else if (Is(ref reader, "CodeUrl"u8))
                code = reader.GetString();
            else
                Pass(ref reader);
        }
        return interest is not null && field is not null && hits is not null ? new Choice(score, interest, field, hits, NoParts, upvotes, code) : throw new JsonException("A stored choice lacks a part.");
    }

    private static Hit[] Hits(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Hits are a list.");
        var hits = new List<Hit>(4);
        while (Next(ref reader, JsonTokenType.EndArray))
        {
            var (field, start, length) = ("", 0, 0);
            while (Next(ref reader, JsonTokenType.EndObject))
            {
                if (Is(ref reader, "Field"u8))
                    field = FieldName(ref reader);
                else if (Is(ref reader, "Start"u8))
                    start = reader.GetInt32();
                else if (Is(ref reader, "Length"u8))
                    length = reader.GetInt32();
                else
                    Pass(ref reader);
            }
            hits.Add(new Hit(field, start, length));
        }
        return [.. hits];
    }

    /// <summary>One of a few names: each mail has hundreds of them.</summary>
    private static string FieldName(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("title"u8) ? "title"
        : reader.ValueTextEquals("abstract"u8) ? "abstract"
        : reader.ValueTextEquals("author"u8) ? "author"
        : reader.ValueTextEquals("category"u8) ? "category"
        : reader.GetString() ?? "";

    /// <summary>Whether the property has this name; then its value is next.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool Next(ref Utf8JsonReader reader, JsonTokenType end) => reader.Read() && reader.TokenType != end;
}
