namespace Digest.Worker.Web;

/// <summary>Keeps the operator's doors off the readers' port and the readers' doors off the operator's, by the port that was truly connected to.</summary>
internal sealed class DoorPorts(WebOptions options)
{
    /// <summary>With all that stands below them.</summary>
    private static readonly string[] OperatorPaths = ["/healthz", "/readyz", "/metrics", "/api", "/admin"];

    private readonly HashSet<int> operators = [.. WebAddresses.Read("Web:OperatorUrls", options.OperatorUrls).Select(uri => uri.Port)];
    private readonly HashSet<int> readers = [.. WebAddresses.Read("Web:Urls", options.Urls).Select(uri => uri.Port)];

    public Task KeepApartAsync(HttpContext http, Func<Task> next)
    {
        var operates = OperatorPaths.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        if (Has(operates ? operators : readers, operates ? readers : operators, http.Connection.LocalPort))
            return next();
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // Port 0 is whichever is free: then it is every one that is not the other's.
    private static bool Has(HashSet<int> own, HashSet<int> others, int port) => own.Contains(port) || (own.Contains(0) && !others.Contains(port));
}
