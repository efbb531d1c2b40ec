namespace Digest.Worker.Tests.Support;

/// <summary>Something that a test needs and that a machine may lack.</summary>
internal interface INeeded
{
    /// <summary>Why it cannot be had here, and the remedy; null where it can.</summary>
    static abstract string? Missing { get; }
}
