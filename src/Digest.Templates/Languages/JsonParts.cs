using System.Text.Json;

namespace Digest.Templates.Languages;

/// <summary>Reads the parts of a language's table; what is missing is named.</summary>
internal static class JsonParts
{
    /// <exception cref="FormatException">There is no such part.</exception>
    public static JsonElement Part(this JsonElement table, string name) =>
        table.TryGetProperty(name, out var part) ? part : throw new FormatException($"\"{name}\" is missing");
}
