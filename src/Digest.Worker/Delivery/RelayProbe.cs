using MailKit.Net.Smtp;

namespace Digest.Worker.Delivery;

/// <summary>Asks each relay whether it would take our mail: connect, TLS, login, goodbye.</summary>
internal sealed class RelayProbe(IConfiguration configuration, DeliveryOptions delivery, SenderOptions sender)
{
    /// <returns>One for each relay; none where mails are written into a folder.</returns>
    public async Task<IReadOnlyList<RelaySeen>> AskAsync(CancellationToken cancellationToken)
    {
        var relays = DeliverySettings.Smtp(configuration);
        return DeliverySetup.UsesSmtp(delivery, relays) ? await Task.WhenAll(relays.Select(relay => AskAsync(DeliverySettings.Relay(relay), cancellationToken))) : [];
    }

    private async Task<RelaySeen> AskAsync(RelayHost relay, CancellationToken cancellationToken)
    {
        DateTimeOffset? ends = null;
        HostTrouble? certificateTrouble = null;
        using var client = new SmtpClient { LocalDomain = MailDomain.ToAscii(sender.Domain), CheckCertificateRevocation = false };
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 seen)
                ends = new DateTimeOffset(seen.NotAfter).ToUniversalTime();
            return (certificateTrouble = ConnectFailure.Judge(errors, chain)) is null;
        };
        try
        {
            await client.ConnectAsync(relay.Host, relay.Port, relay.SocketOptions, cancellationToken);
            var offers = client.Capabilities;
            if (relay.Credential() is { } credential)
                await client.AuthenticateAsync(credential, cancellationToken);
            await client.DisconnectAsync(true, cancellationToken);
            return new RelaySeen($"{relay}", null, false) { CertificateEnds = ends, OffersTls = offers.HasFlag(SmtpCapabilities.StartTLS), IsSecure = ends is not null };
        }
        catch (Exception e) when (ConnectFailure.From(e, relay, certificateTrouble, CancellationToken.None) is { } failure)
        {
            return new RelaySeen($"{relay}", failure.Why[(failure.Why.StartsWith($"{relay}: ", StringComparison.Ordinal) ? $"{relay}: ".Length : 0)..], failure.NeedsOperator) { CertificateEnds = ends, Remedy = HostAlarm.Of($"{relay}", failure.Trouble, failure.Why).Remedy };
        }
    }
}

/// <param name="Relay">Name and port.</param>
/// <param name="Failure">Why it would not take our mail; null when it would.</param>
/// <param name="NeedsOperator">Waiting does not help.</param>
internal sealed record RelaySeen(string Relay, string? Failure, bool NeedsOperator)
{
    public DateTimeOffset? CertificateEnds { get; init; }

    /// <summary>What the operator can do, as the alarm says it.</summary>
    public string Remedy { get; init; } = "";

    public bool OffersTls { get; init; }

    public bool IsSecure { get; init; }
}
