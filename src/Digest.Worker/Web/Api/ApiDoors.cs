using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Digest.Worker.Access;
using Digest.Worker.Storage;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Api;

/// <summary>
/// The operator's API: who asks is known by a key, what is sent is read strictly, what changes something is done once under the name that the
/// request gives itself, and every refusal says what helps.
/// </summary>
internal sealed partial class ApiDoors(IEnumerable<IApiRoutes> groups, AccessKeys keys, RememberedAnswerStore remembered, Database database, InstallationKey installation, [FromKeyedServices(DoorGuard.Operators)] DoorGuard guard, TimeProvider time, ILogger<ApiDoors> log)
{
    public const string Root = "/api/v1";
    public const string NameHeader = "Idempotency-Key";
    private const int LongestName = 255;
    private const string RetrySeconds = "60";

    private readonly byte[] requestKey = installation.Derive("api requests");

    public IReadOnlyList<ApiRoute> Routes { get; } = [.. groups.SelectMany(group => group.Routes)];

    public void Map(IEndpointRouteBuilder app)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(Routes), ApiJson.Options);
        app.MapMethods(Root + "/openapi.json", Reading.Methods, () => Results.Bytes(document, "application/json"));
        foreach (var path in Routes.GroupBy(route => route.Path))
        {
            var here = path.ToList();
            // A paper's name may hold slashes.
            app.Map(Root + path.Key.Replace("papers/{id}", "papers/{**id}", StringComparison.Ordinal), (HttpContext http) => AnswerAsync(http, here));
        }
        app.Map(Root + "/{**rest}", (HttpContext http) => AnswerAsync(http, []));
    }

    private async Task AnswerAsync(HttpContext http, IReadOnlyList<ApiRoute> here)
    {
        ApiAnswer answer;
        try
        {
            answer = await DoAsync(http, here);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            answer = ApiAnswer.Of(Problem.TooLarge());
        }
        catch (Exception e) when (e is not OperationCanceledException and not BadHttpRequestException)
        {
            LogBroken(http.Request.Method, http.Request.Path, e);
            answer = ApiAnswer.Of(Problem.Broken());
        }
        await WriteAsync(http, answer.Status, answer.Location, answer.Body is null ? null : JsonSerializer.Serialize(answer.Body, answer.Body.GetType(), ApiJson.Options), answer.Next, answer.Body is Problem);
    }

    private async Task<ApiAnswer> DoAsync(HttpContext http, IReadOnlyList<ApiRoute> here)
    {
        var text = http.Request.Headers.Authorization.ToString();
        if (!text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || await keys.FindAsync(text["Bearer ".Length..].Trim(), http.RequestAborted) is not { } key)
        {
            if (!guard.Allows(http.Connection.RemoteIpAddress))
                return ApiAnswer.Of(Problem.TooMany());
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return ApiAnswer.Of(Problem.NoKey());
        }
        if (here.Count == 0)
            return ApiAnswer.Of(Problem.NotFound("such address; openapi.json lists them"));
        var method = HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method;
        if (here.FirstOrDefault(one => one.Method == method) is not { } route)
        {
            http.Response.Headers.Allow = string.Join(", ", here.Select(one => one.Method));
            return ApiAnswer.Of(Problem.WrongMethod(http.Response.Headers.Allow.ToString()));
        }
        if (!key.Allows(route.Scope))
            return ApiAnswer.Of(Problem.Forbidden());
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var sent = body.ToArray();
        var (call, problem) = ApiReading.Read(http, route, sent);
        if (problem is not null)
            return ApiAnswer.Of(problem);
        return route.Look is { } look ? await look(call!, http.RequestAborted) : await ChangeAsync(http, key, route, call!, sent);
    }

    /// <summary>Whoever hangs up has asked all the same: it is done to its end.</summary>
    private async Task<ApiAnswer> ChangeAsync(HttpContext http, AccessKey key, ApiRoute route, ApiCall call, byte[] sent)
    {
        var name = http.Request.Headers[NameHeader].ToString();
        if (name.Length > LongestName || name.Any(c => c is < ' ' or > '~'))
            return ApiAnswer.Of(Problem.Faulty([new Fault("header", NameHeader, $"write 1 to {LongestName} printable ASCII characters")]));
        var request = Convert.ToHexStringLower(HMACSHA256.HashData(requestKey, (byte[])[.. Encoding.UTF8.GetBytes($"{route.Method} {http.Request.Path}{http.Request.QueryString}\n"), .. sent]));
        var answer = await database.WriteAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (name.Length > 0 && await remembered.FindAsync(transaction, key.Id, name, now) is { } before)
                return before.Request == request ? Again(before) : ApiAnswer.Of(Problem.NameReused());
            var done = await route.Change!(call, transaction);
            if (name.Length > 0 && done.IsDone)
                await remembered.AddAsync(transaction, key.Id, name, new RememberedAnswer(request, done.Status, done.Location, done.Body is null ? null : JsonSerializer.Serialize(done.Body, done.Body.GetType(), ApiJson.Options), done.SubscriberId), now);
            return done;
        }, CancellationToken.None);
        LogKeyUsed(key.Name, route.Method, http.Request.Path, answer.Status);
        return answer;
    }

    private static ApiAnswer Again(RememberedAnswer before) =>
        new((int)before.Status, before.Body is null ? null : JsonDocument.Parse(before.Body).RootElement) { Location = before.Location };

    private static async Task WriteAsync(HttpContext http, int status, string? location, string? body, string? next, bool isProblem)
    {
        SiteHeaders.Protect(http.Response);
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        if (location is not null)
            headers.Location = location;
        if (next is not null && HttpMethods.IsGet(http.Request.Method))
            headers.Link = $"<{http.Request.Path}{QueryString.Create(http.Request.Query.Where(part => part.Key != ApiParameter.Cursor).Append(new(ApiParameter.Cursor, next)))}>; rel=\"next\"";
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
            headers.RetryAfter = RetrySeconds;
        if (body is null)
            return;
        http.Response.ContentType = isProblem ? "application/problem+json" : "application/json";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.WriteAsync(body, http.RequestAborted);
    }

    [LoggerMessage(9101, LogLevel.Information, "The key {Name} asked {Method} {Path}: {Status}")]
    private partial void LogKeyUsed(string name, string method, string path, int status);

    [LoggerMessage(9102, LogLevel.Error, "{Method} {Path} broke")]
    private partial void LogBroken(string method, string path, Exception e);
}
