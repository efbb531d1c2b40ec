using System.Text.Json;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Issues;

/// <summary>Writes the choices of an issue as they are stored: JSON, by hand, because every reader gets it.</summary>
internal static class ChoiceWriter
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Match> matches)
    {
        json.WriteStartArray();
        for (var place = 0; place < matches.Count; place++)
            Write(json, matches[place]);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Match match)
    {
        json.WriteStartObject();
        json.WriteNumber("Score"u8, match.Score);
        json.WriteString("Interest"u8, match.Reason.Interest);
        json.WriteString("Field"u8, match.Reason.Field);
        Write(json, match.Reason.Hits);
        json.WriteStartObject("Parts"u8);
        Write(json, match.Reason.Parts);
        json.WriteEndObject();
        if (match.Paper.Upvotes is { } upvotes)
            json.WriteNumber("Upvotes"u8, upvotes);
        if (match.Paper.CodeUrl is { } code)
            json.WriteString("CodeUrl"u8, code);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, double> parts)
    {
        if (parts is ScoreParts own)
        {
            // Without an object that goes through them.
            for (var place = -1; own.Next(ref place, out var name, out var value);)
                json.WriteNumber(name, value);
            return;
        }
        foreach (var (name, value) in parts)
            json.WriteNumber(name, value);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Hit> hits)
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
