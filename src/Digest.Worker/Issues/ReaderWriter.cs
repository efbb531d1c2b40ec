using System.Text.Json;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Writes the reader of an issue as the serializer would, but the interests as they stand in the profile: cut up, they are more than all else of the reader.</summary>
internal static class ReaderWriter
{
    public static void Write(Utf8JsonWriter json, IssueReader reader)
    {
        json.WriteStartObject();
        json.WriteString("Email"u8, reader.Email);
        json.WriteString("Name"u8, reader.Name);
        json.WriteString("Language"u8, reader.Language);
        json.WritePropertyName("Interests"u8);
        Write(json, reader.Interests);
        json.WriteString("Cadence"u8, reader.Cadence);
        json.WriteNumber("Hour"u8, reader.Hour);
        json.WriteString("Timezone"u8, reader.Timezone);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> interests)
    {
        if (interests is InterestLines lines)
        {
            lines.Write(json);
            return;
        }
        json.WriteStartArray();
        foreach (var interest in interests)
            json.WriteStringValue(interest);
        json.WriteEndArray();
    }
}
