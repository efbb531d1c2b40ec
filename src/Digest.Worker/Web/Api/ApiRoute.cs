using System.Data.Common;
using Digest.Worker.Access;

namespace Digest.Worker.Web.Api;

/// <summary>One operation: what serves it, and what the OpenAPI document and docs/API.md tell of it.</summary>
internal sealed record ApiRoute
{
    private ApiRoute(string method, string path, string name, string summary, KeyScope scope) => (Method, Path, Name, Summary, Scope) = (method, path, name, summary, scope);

    public string Method { get; }

    /// <summary>Below <see cref="ApiDoors.Root"/>.</summary>
    public string Path { get; }

    /// <summary>What a generated client calls it.</summary>
    public string Name { get; }

    public string Summary { get; }

    public KeyScope Scope { get; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What is sent as JSON; null: nothing.</summary>
    public Type? Body { get; init; }

    /// <summary>What is answered when it is done; null: nothing.</summary>
    public Type? Answer { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Of what changes something; runs in the transaction in which its answer is remembered.</summary>
    public Func<ApiCall, DbTransaction, Task<ApiAnswer>>? Change { get; private init; }

    /// <summary>Of what changes nothing.</summary>
    public Func<ApiCall, CancellationToken, Task<ApiAnswer>>? Look { get; private init; }

    /// <summary>The first word of the path.</summary>
    public string Group => Path.Split('/')[1];

    public static ApiRoute Get(string path, string name, string summary, Func<ApiCall, CancellationToken, Task<ApiAnswer>> look) => new(HttpMethods.Get, path, name, summary, KeyScope.Read) { Look = look };

    /// <summary>A question whose words belong into no address.</summary>
    public static ApiRoute Ask(string path, string name, string summary, Func<ApiCall, CancellationToken, Task<ApiAnswer>> look) => new(HttpMethods.Post, path, name, summary, KeyScope.Read) { Look = look };

    public static ApiRoute Does(string method, string path, string name, string summary, Func<ApiCall, DbTransaction, Task<ApiAnswer>> change) => new(method, path, name, summary, KeyScope.Write) { Change = change };
}

/// <summary>The operations of one kind of thing.</summary>
internal interface IApiRoutes
{
    IEnumerable<ApiRoute> Routes { get; }
}
