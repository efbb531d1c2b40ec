namespace Digest.Worker.Tests.Support;

/// <summary>
/// Tests that run while no other does. A process has one set of instruments by name: where services of several tests are in it, the one that ends
/// takes the figures of the others along.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
