namespace Digest.Worker.Papers.Text;

/// <summary>Where a piece of source stands.</summary>
internal enum Setting
{
    Prose,
    Formula,

    /// <summary>Inside a raised or lowered script: no room is left around signs.</summary>
    Script,
}
