namespace Digest.Worker.Papers;

/// <summary>How an announce type is written by arXiv, and so in our database and in JSON.</summary>
internal static class AnnounceTypes
{
    public static string ToText(AnnounceType type) => type switch
    {
        AnnounceType.New => "new",
        AnnounceType.Cross => "cross",
        AnnounceType.Replace => "replace",
        AnnounceType.ReplaceCross => "replace-cross",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Null for a word that arXiv does not use.</summary>
    public static AnnounceType? Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "new" => AnnounceType.New,
        "cross" => AnnounceType.Cross,
        "replace" => AnnounceType.Replace,
        "replace-cross" => AnnounceType.ReplaceCross,
        _ => null,
    };
}
