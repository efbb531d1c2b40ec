using System.Globalization;
using System.Text.Json.Nodes;

namespace Digest.Worker.Web.Api;

/// <summary>A part of an address: how it is read, and how the OpenAPI document tells it. One that is not sent is null.</summary>
internal sealed record ApiParameter(string Name, string Description, JsonObject Schema, Func<string, object?> Read, string Expected)
{
    public const string Cursor = "cursor";
    public const string Limit = "limit";

    /// <summary>Stands in the path, and is always there.</summary>
    public bool InPath { get; private init; }

    /// <summary>What every list takes.</summary>
    public static readonly IReadOnlyList<ApiParameter> Paging =
    [
        Whole(Limit, "How many at most; 50 where nothing is said.", 1, 200),
        Whole(Cursor, "Where the list goes on: 'next' of the answer before.", 0, long.MaxValue),
    ];

    public static ApiParameter Id(string what) => Whole("id", $"The number of the {what}.", 1, long.MaxValue) with { InPath = true };

    public static ApiParameter Whole(string name, string description, long least, long most)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most < long.MaxValue)
            schema["maximum"] = most;
        return new(name, description, schema, text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null,
            most < long.MaxValue ? $"write a whole number from {least} to {most}" : $"write a whole number from {least} on");
    }

    public static ApiParameter Text(string name, string description, int longest, bool inPath = false) =>
        new(name, description, new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest }, text => text.Length >= 1 && text.Length <= longest && !text.Any(char.IsControl) ? text : null,
            $"write 1 to {longest} characters on one line")
        { InPath = inPath };

    public static ApiParameter Day(string name, string description) =>
        new(name, description, new JsonObject { ["type"] = "string", ["format"] = "date" }, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, "write a day as 2026-01-26");

    public static ApiParameter OneOf(string name, string description, params string[] words) =>
        new(name, description, new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) }, text => words.Contains(text, StringComparer.Ordinal) ? text : null, $"write one of {string.Join(", ", words)}");
}
