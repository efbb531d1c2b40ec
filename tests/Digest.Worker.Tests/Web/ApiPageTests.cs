using System.Text.Json.Nodes;
using Digest.Worker.Access;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Api;

namespace Digest.Worker.Tests.Web;

/// <summary>Holds docs/API.md and the OpenAPI document to the routes that are served.</summary>
public sealed class ApiPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "API.md"));

    [Fact]
    public async Task Every_operation_stands_on_the_page_and_no_other()
    {
        await using var room = await ApiRoom.OpenAsync();
        var routes = room.Service.Get<ApiDoors>().Routes;
        Assert.True(routes.Count > 20, "too few routes were found");
        Assert.Equal(routes.Select(route => (route.Method, route.Path, route.Scope == KeyScope.Write ? "write" : "read")).Order(), Told().Order());
    }

    [Fact]
    public async Task The_document_tells_every_operation_and_each_of_its_references_leads_somewhere()
    {
        await using var room = await ApiRoom.OpenAsync();
        var routes = room.Service.Get<ApiDoors>().Routes;
        var told = room.Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key["/api/v1".Length..])));
        Assert.Equal(routes.Select(route => (route.Method, route.Path)).Order(), told.Order());
        var names = room.Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!["operationId"]!.GetValue<string>())).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        var references = 0;
        Walk(room.Document, node =>
        {
            if (node["$ref"] is null)
                return;
            SchemaCheck.Resolve(room.Document, node);
            references++;
        });
        Assert.True(references > 40, $"only {references} references");
        // A part of a path is a parameter of the operation.
        foreach (var route in routes)
            Assert.Equal(route.Path.Contains("{id}", StringComparison.Ordinal), route.Parameters.Any(parameter => parameter.InPath));
    }

    [Fact]
    public void Every_kind_of_problem_stands_on_the_page()
    {
        var kinds = typeof(Problem).GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public).Where(method => method.ReturnType == typeof(Problem)).Select(method =>
            (Problem)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? "x" : parameter.ParameterType == typeof(IReadOnlyList<Fault>) ? (object)Array.Empty<Fault>() : new FormattableString[] { $"x" })])!).ToList();
        Assert.True(kinds.Count > 8);
        foreach (var problem in kinds)
            Assert.Contains($"| {problem.Status} | `{problem.Type["urn:digest:problem:".Length..]}` |", Page, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Method, string Path, string Scope)> Told() =>
        from line in Page.Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        let words = cells[1].Trim('`').Split(' ')
        where words.Length == 2
        select (words[0], words[1].Split('?')[0], cells[2]);

    private static void Walk(JsonNode? node, Action<JsonObject> visit)
    {
        if (node is JsonObject told)
            visit(told);
        foreach (var below in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
            Walk(below, visit);
    }
}
