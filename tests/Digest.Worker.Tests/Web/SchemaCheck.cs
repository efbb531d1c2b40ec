using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Digest.Worker.Tests.Web;

/// <summary>Holds JSON to the part of JSON Schema (2020-12) that our document uses; a word that this does not know is a failure, not a pass.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Known = ["$ref", "type", "properties", "required", "items", "additionalProperties", "description", "format", "enum", "minimum", "maximum", "minLength", "maxLength"];

    public static JsonNode Operation(JsonObject document, string method, string path) => document["paths"]!.AsObject()
        .Where(entry => Regex.IsMatch(path, "^" + entry.Key.Replace("papers/{id}", "papers/.+", StringComparison.Ordinal).Replace("{id}", "[^/]+", StringComparison.Ordinal) + "$") && entry.Value![method.ToLowerInvariant()] is not null)
        .OrderBy(entry => entry.Key.Contains('{', StringComparison.Ordinal)).First().Value![method.ToLowerInvariant()]!;

    public static JsonNode Resolve(JsonObject document, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } pointer ? pointer.Split('/').Skip(1).Aggregate((JsonNode)document, (node, part) => node[part] ?? throw new InvalidOperationException($"{pointer} leads nowhere")) : schema;

    public static void Fits(JsonObject document, JsonNode schema, JsonNode? value, string place)
    {
        if (schema is JsonValue)
            return;
        schema = Resolve(document, schema);
        Assert.All(schema.AsObject(), word => Assert.Contains(word.Key, Known));
        var types = schema["type"] switch { JsonArray many => [.. many.Select(one => one!.GetValue<string>())], { } one => new[] { one.GetValue<string>() }, _ => [] };
        Assert.True(types.Length == 0 || types.Contains(TypeOf(value)) || (types.Contains("number") && TypeOf(value) == "integer"), $"{place}: {value} is no {string.Join(" or ", types)}");
        if (value is JsonObject told)
        {
            var properties = schema["properties"]?.AsObject();
            foreach (var required in schema["required"]?.AsArray() ?? [])
                Assert.True(told.ContainsKey(required!.GetValue<string>()), $"{place} lacks {required}");
            foreach (var (name, member) in told)
                if (properties?[name] is { } promised)
                    Fits(document, promised, member, $"{place}/{name}");
                else
                    Assert.True(properties is null, $"{place}/{name} is not promised");
        }
        foreach (var (item, index) in (value as JsonArray ?? []).Select((item, index) => (item, index)))
            Fits(document, schema["items"]!, item, $"{place}/{index}");
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
    };
}
