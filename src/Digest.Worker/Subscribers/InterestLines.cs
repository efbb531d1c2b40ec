using System.Collections;
using System.Text.Json;

namespace Digest.Worker.Subscribers;

/// <summary>The lines of a profile as its reader wrote them, without the empty ones. Cut up when somebody asks: what an issue stores of them is written from the profile.</summary>
internal sealed class InterestLines(string profile) : IReadOnlyList<string>
{
    private string[]? lines;

    public int Count => Lines.Length;

    public string this[int index] => Lines[index];

    private string[] Lines => lines ??= profile.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)Lines).GetEnumerator();

    /// <summary>Writes them as a list.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var line in profile.AsSpan().Split('\n'))
            if (profile.AsSpan(line).Trim() is { IsEmpty: false } trimmed)
                json.WriteStringValue(trimmed);
        json.WriteEndArray();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
