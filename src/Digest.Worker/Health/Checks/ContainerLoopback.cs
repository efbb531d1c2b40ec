using System.Net;

namespace Digest.Worker.Health.Checks;

/// <summary>What who names <c>127.0.0.1</c> as a server meets in a container: the container itself.</summary>
internal static class ContainerLoopback
{
    private static readonly bool Inside = Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is "true" or "1";

    public static string Remedy(string? host, string otherwise) => Remedy(host, otherwise, Inside);

    public static string Remedy(string? host, string otherwise, bool inside) => inside && (host is "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        ? $"In a container {host} is the container itself: name this machine as host.docker.internal (podman: host.containers.internal), or give the container the machine's network. {otherwise}"
        : otherwise;
}
