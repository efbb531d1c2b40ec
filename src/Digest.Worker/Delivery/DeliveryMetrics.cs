using System.Diagnostics.Metrics;

namespace Digest.Worker.Delivery;

/// <summary>What servers answered. Labels: the closed lists of results and of answer classes.</summary>
internal static class DeliveryMetrics
{
    private static readonly Meter Meter = new("Digest");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("digest_deliveries", description: "Attempts to deliver a mail, by what came of them and why.");

    public static void Answered(SendResult result)
    {
        var (state, reason) = result switch
        {
            SendResult.Accepted => ("sent", "accepted"),
            SendResult.Withdrawn => ("withdrawn", "no_longer_wanted"),
            SendResult.InDoubt => ("in_doubt", "answer_lost"),
            SendResult.HostFailed failed => ("host_failed", failed.NeedsOperator ? "configuration" : "unreachable"),
            SendResult.Refused refused => (refused.Answer.Code >= 500 ? "refused" : "deferred", AnswerClassifier.Classify(refused.Answer).ToString().ToLowerInvariant()),
            _ => ("other", "other"),
        };
        Deliveries.Add(1, new("state", state), new("reason", reason));
    }
}
