using System.Globalization;
using Digest.Worker.Delivery;

namespace Digest.Worker.Health.Checks;

/// <summary>The relay can be reached, speaks TLS as configured, and takes our login.</summary>
internal sealed class RelayCheck(RelayProbe probe, TimeProvider time) : ICheck
{
    private const string Key = "relay";
    private static readonly TimeSpan CertificatePatience = TimeSpan.FromDays(14);

    public bool IsVital => true;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var seen = await probe.AskAsync(cancellationToken);
        if (seen.Count == 0)
            return [CheckResult.Skipped(Key, "Mails are written into the pickup folder: Smtp:Host is not set.") with { IsToldElsewhere = true }];
        // While one of several relays takes mail, work is done.
        var any = seen.Any(relay => relay.Failure is null);
        return [.. seen.SelectMany(relay => Look(relay, any))];
    }

    private static string Encryption(RelaySeen relay) => relay.IsSecure ? "The connection is encrypted." : relay.OffersTls ? "The connection is not encrypted, and the relay offers to (Smtp:Security starttls)." : "The connection is not encrypted.";

    private IEnumerable<CheckResult> Look(RelaySeen relay, bool anyWorks)
    {
        var state = anyWorks ? CheckState.Warning : CheckState.Failure;
        // Delivery tells of a relay that fails where it meets it.
        yield return relay.Failure is not { } failure
            ? CheckResult.Ok(Key, $"{relay.Relay} takes our mail.") with { Detail = Encryption(relay), IsToldElsewhere = true }
            : new CheckResult(Key, state, relay.NeedsOperator ? $"The relay {relay.Relay} refuses us." : $"The relay {relay.Relay} cannot be reached.")
            {
                Detail = failure,
                Remedy = relay.NeedsOperator
                    ? $"{relay.Remedy} What waits goes out by itself."
                    : ContainerLoopback.Remedy(relay.Relay[..relay.Relay.LastIndexOf(':')], "Look at the relay, the DNS and the network. What waits goes out by itself."),
                IsToldElsewhere = true,
            };
        if (relay.CertificateEnds is { } ends)
            yield return ends - time.GetUtcNow() < CertificatePatience
                ? new CheckResult($"certificate/{relay.Relay}", CheckState.Warning, string.Create(CultureInfo.InvariantCulture, $"The TLS certificate of {relay.Relay} ends on {ends:yyyy-MM-dd}."))
                { Remedy = "Renew it: from then on nothing can be sent." }
                : CheckResult.Ok($"certificate/{relay.Relay}", string.Create(CultureInfo.InvariantCulture, $"The TLS certificate of {relay.Relay} is good until {ends:yyyy-MM-dd}."));
    }
}
