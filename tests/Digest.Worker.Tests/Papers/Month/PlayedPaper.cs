namespace Digest.Worker.Tests.Papers.Month;

/// <summary>A paper of the played month.</summary>
/// <param name="Day">The feed day of its first announcement.</param>
/// <param name="Categories">The primary one first; those that are added later do not stand here.</param>
internal sealed record PlayedPaper(string Id, DateOnly Day, IReadOnlyList<string> Categories)
{
    public string Title => $"A played paper numbered {Id} on things of {Categories[0]}";

    public string Item(string type, int version, string categories, DateOnly shown) =>
        Feeds.Item(Id, Title, categories, type, version, pubDate: Stamp(shown));

    public static string Stamp(DateOnly day) => $"{day.ToDateTime(TimeOnly.MinValue).ToString("ddd, dd MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} 00:00:00 -0500";
}
