using System.Security.Cryptography;
using System.Text;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Access;

/// <summary>Makes, knows and revokes keys. The text of a key is told once, when it is made; what is kept opens nothing.</summary>
internal sealed class AccessKeys(AccessKeyStore store, TimeProvider time)
{
    /// <summary>So that a key that got loose is found by programs that look for such.</summary>
    public const string Prefix = "digest_";

    /// <summary>160 bits: nobody guesses one, so a plain hash is enough.</summary>
    private const int Octets = 20;

    public async Task<(long Id, string Text)> MakeAsync(string name, KeyScope scope, CancellationToken cancellationToken)
    {
        var text = Prefix + Base32.Write(RandomNumberGenerator.GetBytes(Octets));
        return (await store.InsertAsync(name, Hash(text), scope, time.GetUtcNow(), cancellationToken), text);
    }

    /// <returns>Null for what is no key, and for one that was revoked.</returns>
    public async Task<AccessKey?> FindAsync(string text, CancellationToken cancellationToken) =>
        text.Length == Prefix.Length + Octets * 8 / 5 && text.StartsWith(Prefix, StringComparison.Ordinal) && await store.FindByHashAsync(Hash(text), cancellationToken) is { RevokedAt: null } key
            ? await UsedAsync(key, cancellationToken)
            : null;

    /// <summary>The same for who showed it before.</summary>
    public async Task<AccessKey?> FindAsync(long id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { RevokedAt: null } key ? await UsedAsync(key, cancellationToken) : null;

    // One write a day tells as much as an operator needs to find a key that nobody uses.
    private async Task<AccessKey> UsedAsync(AccessKey key, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (key.UsedOn != today)
            await store.UsedAsync(key.Id, today, cancellationToken);
        return key;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
