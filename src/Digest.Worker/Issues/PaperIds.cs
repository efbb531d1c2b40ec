using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>The papers of an issue as its row lists them: a JSON array of their ids, in the order of their positions.</summary>
internal static class PaperIds
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<long> papers)
    {
        json.WriteStartArray();
        for (var place = 0; place < papers.Count; place++)
            json.WriteNumberValue(papers[place]);
        json.WriteEndArray();
    }

    public static IReadOnlyList<long> Read(string stored) => JsonSerializer.Deserialize<long[]>(stored)!;
}
