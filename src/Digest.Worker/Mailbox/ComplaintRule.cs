namespace Digest.Worker.Mailbox;

/// <summary>Which feedback ends a subscription (RFC 5965, 7.3 and its registry).</summary>
internal static class ComplaintRule
{
    /// <summary>False for what is no complaint of the reader: <c>not-spam</c>, <c>auth-failure</c>, <c>dmarc</c>, and whatever we do not know.</summary>
    public static bool Suppresses(string? feedback) => feedback is "abuse" or "fraud" or "opt-out" or "virus" or "other" or "miscategorized" or "complaint";
}
