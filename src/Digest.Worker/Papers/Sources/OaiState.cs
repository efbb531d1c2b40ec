using System.Text.Json;

namespace Digest.Worker.Papers.Sources;

/// <summary>How far a harvest over OAI has come: it is stored after every page, so a break costs one page.</summary>
/// <param name="From">The first day asked for, <c>yyyy-MM-dd</c>.</param>
/// <param name="Category">The position of the category that is being read.</param>
/// <param name="Token">Where to resume in it; null at its beginning.</param>
/// <param name="Began">The server's own day when this round began: the next round starts there.</param>
internal sealed record OaiState(string From, int Category, string? Token, string? Began)
{
    public static OaiState? Parse(string? cursor)
    {
        try
        {
            return cursor is null ? null : JsonSerializer.Deserialize<OaiState>(cursor);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this);
}
