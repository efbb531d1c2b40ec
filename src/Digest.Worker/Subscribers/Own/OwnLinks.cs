using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Own;

/// <summary>
/// The tokens of the links to a reader's own page and feed. Each is bound to the address that it was written for: after a change of
/// address the links in older mails open nothing.
/// </summary>
internal sealed class OwnLinks(ReaderToken tokens, InstallationKey installation, SubscriberStore subscribers)
{
    private readonly byte[] key = installation.Derive("own links: address");

    /// <param name="purpose"><see cref="TokenPurpose.Own"/> or <see cref="TokenPurpose.Feed"/>.</param>
    public string Write(TokenPurpose purpose, long subscriberId, string address) => tokens.Write(purpose, subscriberId, Mark(address));

    /// <summary>Whose link it is; null for a forged one, one of another purpose, of an address that is theirs no more, or of somebody who is gone.</summary>
    public async Task<Subscriber?> FindAsync(TokenPurpose purpose, string token, CancellationToken cancellationToken) =>
        tokens.TryRead(token, purpose, out var subject)
        && await subscribers.FindAsync(subject.SubscriberId, cancellationToken) is { } subscriber
        && Mark(subscriber.Email) == subject.IssueId
            ? subscriber
            : null;

    /// <summary>31 bits that stand in the token in the place of an issue, and tell one address of a reader from the next.</summary>
    private long Mark(string address)
    {
        EmailAddress.TryFold(address, out var folded, out _);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(folded), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) & int.MaxValue;
    }
}
