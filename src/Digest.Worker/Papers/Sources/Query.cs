namespace Digest.Worker.Papers.Sources;

/// <summary>Puts parameters behind an address that may have some already.</summary>
internal static class Query
{
    public static Uri With(this Uri address, params (string Name, string Value)[] parameters) =>
        new($"{address.AbsoluteUri}{(address.Query.Length > 1 ? '&' : '?')}{string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}");
}
