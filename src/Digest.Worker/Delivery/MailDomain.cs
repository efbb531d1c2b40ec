using System.Globalization;

namespace Digest.Worker.Delivery;

/// <summary>Domains as they go over the wire: A-labels (RFC 5890), lower case.</summary>
internal static class MailDomain
{
    private static readonly IdnMapping Idn = new();

    /// <exception cref="ArgumentException">It is not a domain name.</exception>
    public static string ToAscii(string domain) => Idn.GetAscii(domain).ToLowerInvariant();

    /// <summary>The address with its domain as A-labels; the local part stays as it is.</summary>
    public static string AddressToAscii(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 || System.Text.Ascii.IsValid(address.AsSpan(at)) ? address : address[..(at + 1)] + ToAscii(address[(at + 1)..]);
    }
}
