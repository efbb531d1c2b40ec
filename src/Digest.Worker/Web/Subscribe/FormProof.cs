using System.Buffers.Binary;
using System.Security.Cryptography;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// Proves that a form was ours, how old it is, and that it comes back from the browser that was given it: a moment and an HMAC over it
/// and over a random cookie that no other site can read or send.
/// </summary>
internal sealed class FormProof(InstallationKey installation, TimeProvider time)
{
    private const string Cookie = "form";
    private const int NonceLength = 16;
    private static readonly TimeSpan Youngest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(12);

    private readonly byte[] key = installation.Derive("form proof");

    /// <summary>Gives the browser its cookie, where it has none, and the form its proof.</summary>
    /// <param name="path">Where the form is sent to, or a folder above: the cookie goes nowhere else.</param>
    public string Give(HttpContext http, string path)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 60 } nonce)
        {
            nonce = Base32.Write(RandomNumberGenerator.GetBytes(NonceLength));
            http.Response.Cookies.Append(Cookie, nonce, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = path, MaxAge = Oldest });
        }
        Span<byte> proof = stackalloc byte[8 + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(proof, time.GetUtcNow().ToUnixTimeSeconds());
        Sign(proof[..8], nonce, proof[8..]);
        return Base32.Write(proof);
    }

    public ProofVerdict Check(HttpContext http, string proof)
    {
        if (IsFromElsewhere(http.Request) || http.Request.Cookies[Cookie] is not { Length: > 0 and < 60 } nonce)
            return ProofVerdict.Foreign;
        Span<byte> bytes = stackalloc byte[8 + HMACSHA256.HashSizeInBytes];
        if (proof.Length > 80 || !Base32.TryRead(proof, bytes, out var length) || length != bytes.Length)
            return ProofVerdict.Foreign;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(bytes[..8], nonce, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[8..]))
            return ProofVerdict.Foreign;
        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return age < Youngest ? ProofVerdict.TooFast : age > Oldest ? ProofVerdict.Old : ProofVerdict.Good;
    }

    /// <summary>
    /// Browsers tell where a form was sent from. Under our own policy "no-referrer" they say <c>null</c> for our own forms too (Fetch, 3.2):
    /// then the cookie decides, which no other site can make a browser send.
    /// </summary>
    public static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin and not "null" && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));

    private void Sign(ReadOnlySpan<byte> moment, string nonce, Span<byte> mac)
    {
        Span<byte> signed = stackalloc byte[8 + 64];
        moment.CopyTo(signed);
        var length = 8 + System.Text.Encoding.ASCII.GetBytes(nonce, signed[8..]);
        HMACSHA256.HashData(key, signed[..length], mac);
    }
}

internal enum ProofVerdict
{
    Good,

    /// <summary>Not from a form of ours, or not from the browser that it was given to.</summary>
    Foreign,

    /// <summary>Sent back sooner than anybody can fill it in.</summary>
    TooFast,

    Old,
}
