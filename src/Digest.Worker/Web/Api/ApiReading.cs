using System.Text.Json;

namespace Digest.Worker.Web.Api;

/// <summary>Reads what a request sends, and names every fault in it.</summary>
internal static class ApiReading
{
    public static (ApiCall? Call, Problem? Problem) Read(HttpContext http, ApiRoute route, byte[] sent)
    {
        var faults = new List<Fault>();
        var values = new Dictionary<string, object>();
        foreach (var parameter in route.Parameters)
            if (TextOf(http, parameter) is { } text)
            {
                if (parameter.Read(text) is { } value)
                    values[parameter.Name] = value;
                else
                    faults.Add(new Fault(parameter.InPath ? "path" : "query", parameter.Name, parameter.Expected));
            }
        foreach (var unknown in http.Request.Query.Keys.Where(key => !route.Parameters.Any(parameter => !parameter.InPath && parameter.Name == key)))
            faults.Add(new Fault("query", unknown, "is not known here"));
        if (faults.Count > 0)
            return (null, Problem.Faulty(faults));
        if (route.Body is null)
            return (new ApiCall(values, null), null);
        if (!IsJson(http.Request))
            return (null, Problem.NotJson());
        try
        {
            return JsonSerializer.Deserialize(sent, route.Body, ApiJson.Options) is { } body
                ? (new ApiCall(values, body), null)
                : (null, Problem.Faulty([new Fault("body", "", "is null: send an object")]));
        }
        catch (JsonException e)
        {
            return (null, Problem.Faulty([new Fault("body", Pointer(e.Path), Sentence(e))]));
        }
    }

    // A slash inside a paper's name comes as %2F, and routing leaves it so.
    private static string? TextOf(HttpContext http, ApiParameter parameter) => parameter.InPath
        ? Uri.UnescapeDataString(http.Request.RouteValues[parameter.Name]?.ToString() ?? "")
        : http.Request.Query.TryGetValue(parameter.Name, out var values) ? values.ToString() : null;

    private static bool IsJson(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is "application/json" or "application/merge-patch+json";

    private static string Pointer(string? path) => path is null or "$" ? "" : path[1..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    /// <summary>The serializer's own words name our types, which tell a caller nothing.</summary>
    private static string Sentence(JsonException e) => e.Message switch
    {
        ApiJson.NoOffset => ApiJson.NoOffset,
        var text when text.Contains("Duplicate", StringComparison.Ordinal) => "stands there twice",
        var text when text.Contains("could not be mapped", StringComparison.Ordinal) => "is not known here",
        var text when text.Contains("missing required", StringComparison.Ordinal) => $"lacks {text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.')}",
        var text when text.Contains("could not be converted", StringComparison.Ordinal) || text.Contains("doesn't allow", StringComparison.Ordinal) => "has the wrong type",
        _ => $"is no JSON from line {e.LineNumber + 1}, octet {e.BytePositionInLine + 1} on",
    };
}
