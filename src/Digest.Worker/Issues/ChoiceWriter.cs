using System.Text.Json;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Issues;

/// <summary>Writes the choices of an issue as they are stored: JSON, by hand, because every reader gets it.</summary>
internal static class ChoiceWriter
{
    // Encoded once: the writer looks through each other name for what it must escape, and each choice has several, and each of its hits.
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("Score");
    private static readonly JsonEncodedText Interest = JsonEncodedText.Encode("Interest");
    private static readonly JsonEncodedText Field = JsonEncodedText.Encode("Field");
    private static readonly JsonEncodedText Parts = JsonEncodedText.Encode("Parts");
    private static readonly JsonEncodedText Upvotes = JsonEncodedText.Encode("Upvotes");
    private static readonly JsonEncodedText CodeUrl = JsonEncodedText.Encode("CodeUrl");
    private static readonly JsonEncodedText Hits = JsonEncodedText.Encode("Hits");
    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("Start");
    private static readonly JsonEncodedText Length = JsonEncodedText.Encode("Length");
    private static readonly JsonEncodedText[] PartNames = [.. ScoreParts.Names.Select(name => JsonEncodedText.Encode(name))];

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
        json.WriteNumber(Score, match.Score);
        json.WriteString(Interest, match.Reason.Interest);
        json.WriteString(Field, match.Reason.Field);
        Write(json, match.Reason.Hits);
        json.WriteStartObject(Parts);
        Write(json, match.Reason.Parts);
        json.WriteEndObject();
        if (match.Paper.Upvotes is { } upvotes)
            json.WriteNumber(Upvotes, upvotes);
        if (match.Paper.CodeUrl is { } code)
            json.WriteString(CodeUrl, code);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, double> parts)
    {
        if (parts is ScoreParts own)
        {
            // Without an object that goes through them.
            for (var place = -1; own.Next(ref place, out _, out var value);)
                json.WriteNumber(PartNames[place], value);
            return;
        }
        foreach (var (name, value) in parts)
            json.WriteNumber(name, value);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Hit> hits)
    {
        json.WriteStartArray(Hits);
        for (var place = 0; place < hits.Count; place++)
        {
            var hit = hits[place];
            json.WriteStartObject();
            json.WriteString(Field, hit.Field);
            json.WriteNumber(Start, hit.Start);
            json.WriteNumber(Length, hit.Length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
