namespace Digest.Worker.Web.Api;

/// <summary>A request whose parts were read and found to be as the route says.</summary>
internal sealed class ApiCall(IReadOnlyDictionary<string, object> values, object? body)
{
    private const int Usual = 50;

    public long Id => (long)values["id"];

    public int Limit => (int)(Whole(ApiParameter.Limit) ?? Usual);

    public long? Cursor => Whole(ApiParameter.Cursor);

    public long? Whole(string name) => values.TryGetValue(name, out var value) ? (long)value : null;

    public string? Text(string name) => values.TryGetValue(name, out var value) ? (string)value : null;

    public DateOnly? Day(string name) => values.TryGetValue(name, out var value) ? (DateOnly)value : null;

    public T Body<T>() => (T)body!;
}
