using System.Text.Json;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>
/// A cursor that is what each address said of its answer, for asking "anything new since?". It moves in the transaction that stores the
/// entries, so an answer is never taken for known that was not stored.
/// </summary>
internal static class Remembered
{
    public static Dictionary<string, Validators> Parse(string? cursor)
    {
        try
        {
            return cursor is null ? [] : JsonSerializer.Deserialize<Dictionary<string, Validators>>(cursor) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string Text(Dictionary<string, Validators> known) => JsonSerializer.Serialize(known);
}
