namespace Digest.Worker.Papers.Wire;

/// <summary>A redirect that we do not follow.</summary>
internal sealed class RedirectException(string what) : IOException($"refused to follow {what}");
