namespace Digest.Worker.Access;

/// <summary>What a key is good for. Each holds what stands before it.</summary>
internal enum KeyScope
{
    /// <summary>Sees everything, the readers' addresses too.</summary>
    Read,

    /// <summary>Changes subscriptions, deliveries and suppressions.</summary>
    Write,
}
