using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Digest.Worker.Access;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>A service whose API is asked over HTTP; every answer is held to the OpenAPI document that the service itself gives.</summary>
internal sealed class ApiRoom : IAsyncDisposable
{
    private ApiRoom(RunningService service, JsonObject document, string reader, string writer) => (Service, Document, Reader, Writer) = (service, document, reader, writer);

    public RunningService Service { get; }

    public JsonObject Document { get; }

    /// <summary>A key that may read.</summary>
    public string Reader { get; }

    /// <summary>A key that may change.</summary>
    public string Writer { get; }

    public static async Task<ApiRoom> OpenAsync(TimeProvider? time = null, params (string Key, string? Value)[] settings)
    {
        var service = await RunningService.StartAsync(time, settings: settings);
        var keys = service.Get<AccessKeys>();
        var reader = (await keys.MakeAsync("reads", KeyScope.Read, CancellationToken.None)).Text;
        var writer = (await keys.MakeAsync("writes", KeyScope.Write, CancellationToken.None)).Text;
        return new ApiRoom(service, JsonNode.Parse(await service.Operator.GetStringAsync("/api/v1/openapi.json"))!.AsObject(), reader, writer);
    }

    /// <param name="path">Below /api/v1.</param>
    /// <param name="name">The Idempotency-Key.</param>
    public async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Answer)> AskAsync(HttpMethod method, string path, JsonNode? body = null, string? name = null, string? key = null, string? raw = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (key ?? Writer));
        if (name is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", name);
        if ((raw ?? body?.ToJsonString()) is { } text)
            request.Content = new StringContent(text, Encoding.UTF8, type);
        var answer = await Service.Operator.SendAsync(request);
        var sent = await answer.Content.ReadAsStringAsync();
        var json = sent.Length == 0 ? null : JsonNode.Parse(sent);
        Hold(method, path, answer, json);
        return (answer.StatusCode, json, answer);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body, _) = await AskAsync(HttpMethod.Get, path, key: Reader);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
        return body!;
    }

    public async Task<JsonNode> AddAsync(string email, params string[] interests)
    {
        var (status, body, _) = await AskAsync(HttpMethod.Post, "/subscribers", new JsonObject { ["email"] = email, ["letter"] = "none", ["interests"] = new JsonArray([.. interests.Select(line => (JsonNode)line)]) });
        Assert.True(status == HttpStatusCode.Created, $"{email}: {body}");
        return body!;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>An answer is one that the document promises.</summary>
    private void Hold(HttpMethod method, string path, HttpResponseMessage answer, JsonNode? json)
    {
        if ((int)answer.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal((int)answer.StatusCode, json!["status"]!.GetValue<int>());
            SchemaCheck.Fits(Document, Document["components"]!["schemas"]!["Problem"]!, json, "");
            return;
        }
        var operation = SchemaCheck.Operation(Document, method.Method, "/api/v1" + path.Split('?')[0]);
        var promised = operation["responses"]![$"{(int)answer.StatusCode}"];
        Assert.True(promised is not null, $"{method} {path}: the document knows no {(int)answer.StatusCode}");
        if (promised["content"]?["application/json"]?["schema"] is { } schema)
            SchemaCheck.Fits(Document, schema, json, "");
        else
            Assert.Null(json);
    }
}
