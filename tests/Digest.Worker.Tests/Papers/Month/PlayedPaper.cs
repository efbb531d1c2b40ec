using System.Globalization;
using System.Security;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>A paper of the played month.</summary>
/// <param name="Day">The feed day of its first announcement.</param>
/// <param name="Categories">The primary one first; those that are added later do not stand here.</param>
internal sealed record PlayedPaper(string Id, DateOnly Day, IReadOnlyList<string> Categories)
{
    private static readonly string[] Topics = ["graph coloring", "protein folding", "speech recognition", "quantum circuits", "sparse attention"];

    public string Title { get; init; } = $"A played paper numbered {Id} on {Topics[int.Parse(Id[5..], CultureInfo.InvariantCulture) % Topics.Length]}";

    public string Abstract { get; init; } = $"We study {Topics[int.Parse(Id[5..], CultureInfo.InvariantCulture) / 2 % Topics.Length]} once more.";

    public string Item(string type, int version, string categories, DateOnly shown) =>
        Feeds.Item(Id, SecurityElement.Escape(Title), categories, type, version, SecurityElement.Escape(Abstract), Stamp(shown));

    public static string Stamp(DateOnly day) => $"{day.ToDateTime(TimeOnly.MinValue).ToString("ddd, dd MMM yyyy", CultureInfo.InvariantCulture)} 00:00:00 -0500";
}
