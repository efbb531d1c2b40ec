using System.Globalization;

namespace Digest.Worker.Outbox;

/// <summary>The domain of an address, for limits and reports.</summary>
internal static class RecipientDomain
{
    private static readonly IdnMapping Idn = new();

    public static string Of(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        try
        {
            return Idn.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return domain.ToLowerInvariant();
        }
    }
}
