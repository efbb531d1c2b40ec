using System.Buffers.Binary;
using System.Security.Cryptography;
using Digest.Worker.Access;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Admin;

/// <summary>
/// Who showed a key is known for twelve hours by a cookie that names the key and holds an HMAC; a revoked key's cookie opens nothing from the
/// next request on. No other site can make a browser send it.
/// </summary>
internal sealed class AdminSession(InstallationKey installation, AccessKeys keys, TimeProvider time)
{
    private const string Cookie = "admin";
    private const int Signed = 16;
    private const int Length = Signed + HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly byte[] secret = installation.Derive("admin session");

    public void Begin(HttpContext http, AccessKey key)
    {
        Span<byte> token = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(token, key.Id);
        BinaryPrimitives.WriteInt64BigEndian(token[8..], (time.GetUtcNow() + Lasts).ToUnixTimeSeconds());
        HMACSHA256.HashData(secret, token[..Signed], token[Signed..]);
        http.Response.Cookies.Append(Cookie, Base32.Write(token), Options(http, Lasts));
    }

    public static void End(HttpContext http) => http.Response.Cookies.Append(Cookie, "", Options(http, TimeSpan.Zero));

    public async Task<bool> IsOpenAsync(HttpContext http)
    {
        var token = new byte[Length];
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 100 } text || !Base32.TryRead(text, token, out var length) || length != Length)
            return false;
        var expected = HMACSHA256.HashData(secret, token.AsSpan(0, Signed));
        return CryptographicOperations.FixedTimeEquals(expected, token.AsSpan(Signed))
            && DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(8))) > time.GetUtcNow()
            && await keys.FindAsync(BinaryPrimitives.ReadInt64BigEndian(token), http.RequestAborted) is not null;
    }

    private static CookieOptions Options(HttpContext http, TimeSpan age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = AdminDoors.Root, MaxAge = age };
}
