using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Digest.Worker.Access;

namespace Digest.Worker.Web.Api;

/// <summary>The API told to programs (OpenAPI 3.1), written from the routes that serve it.</summary>
internal static class OpenApiDocument
{
    private const string ProblemName = nameof(Problem);

    public static JsonObject Of(IReadOnlyList<ApiRoute> routes)
    {
        var schemas = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(route => route.Path))
            paths[ApiDoors.Root + path.Key] = new JsonObject(path.Select(route => KeyValuePair.Create(route.Method.ToLowerInvariant(), (JsonNode?)Operation(route, schemas))));
        Reference(typeof(Problem), schemas);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Digest", ["version"] = "1", ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" }, ["description"] = "The operator's API. Errors are RFC 9457 problem details. What changes something takes an Idempotency-Key." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. routes.Select(route => route.Group).Distinct().Select(group => (JsonNode)new JsonObject { ["name"] = group })]),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key that 'key add' made." } },
                ["responses"] = new JsonObject { [ProblemName] = new JsonObject { ["description"] = "It was not done, and why.", ["content"] = Content("application/problem+json", new JsonObject { ["$ref"] = $"#/components/schemas/{ProblemName}" }) } },
                ["schemas"] = new JsonObject(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value))),
            },
        };
    }

    private static JsonObject Operation(ApiRoute route, SortedDictionary<string, JsonNode> schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["tags"] = new JsonArray(route.Group),
            ["summary"] = route.Summary,
            ["description"] = route.Scope == KeyScope.Write ? "Needs a key with the scope write." : "Any key will do.",
        };
        var parameters = route.Parameters.Select(parameter => (JsonNode)new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.InPath ? "path" : "query",
            ["required"] = parameter.InPath,
            ["description"] = parameter.Description,
            ["schema"] = parameter.Schema.DeepClone(),
        }).ToList();
        if (route.Change is not null)
            parameters.Add(new JsonObject { ["name"] = ApiDoors.NameHeader, ["in"] = "header", ["required"] = false, ["description"] = "A name for this request: sent again with it within a day, it is done once and answered alike.", ["schema"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255 } });
        if (parameters.Count > 0)
            operation["parameters"] = new JsonArray([.. parameters]);
        if (route.Body is not null)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", Reference(route.Body, schemas)) };
        var done = new JsonObject { ["description"] = "Done." };
        if (route.Answer is not null)
            done["content"] = Content("application/json", Reference(route.Answer, schemas));
        operation["responses"] = new JsonObject { [$"{route.Status}"] = done, ["default"] = new JsonObject { ["$ref"] = $"#/components/responses/{ProblemName}" } };
        return operation;
    }

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(Type type, SortedDictionary<string, JsonNode> schemas)
    {
        var name = NameOf(type);
        if (!schemas.ContainsKey(name))
            schemas[name] = JsonSchemaExporter.GetJsonSchemaAsNode(ApiJson.Options, type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>As the type is called here, but for the part that tells that it is of the API.</summary>
    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        name = name.StartsWith("Api", StringComparison.Ordinal) ? name[3..] : name;
        return type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + name : name;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        // Written by a converter of ours, of which the exporter knows nothing.
        if (context.TypeInfo.Type == typeof(DateTimeOffset) || context.TypeInfo.Type == typeof(DateTimeOffset?))
            schema = new JsonObject { ["type"] = context.TypeInfo.Type == typeof(DateTimeOffset) ? "string" : new JsonArray("string", "null"), ["format"] = "date-time" };
        if (schema is JsonObject described && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault() is { } told)
            described["description"] = told.Description;
        return schema;
    }
}
