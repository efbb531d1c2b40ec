using Digest.Worker.Alerts;

namespace Digest.Worker.Delivery.Relays;

/// <summary>Draws from each result what it says of the host: well, failing, asking for less; and tells the operator.</summary>
internal sealed class HostWatch(Alarms alarms, ILogger<HostWatch> logger)
{
    /// <param name="guarded">Runs a change of the lane under the lock of the run.</param>
    public async Task SeeAsync(Lane lane, SendResult? result, Func<Func<bool>, bool> guarded)
    {
        switch (result)
        {
            case null or SendResult.Withdrawn:
                return;
            case SendResult.HostFailed failed:
                await FailedAsync(lane, failed.Trouble, failed.Why, guarded);
                return;
            case SendResult.InDoubt doubt:
                await FailedAsync(lane, HostTrouble.Unreachable, doubt.Why, guarded);
                return;
            case SendResult.Refused { Answer: var answer } when AnswerClassifier.Classify(answer) is AnswerClass.Host or AnswerClass.Configuration or AnswerClass.Sender:
                await FailedAsync(lane, Trouble(answer), answer.ToString(), guarded);
                break;
            default:
                await SucceededAsync(lane, guarded);
                break;
        }
        if (result is SendResult.Refused { Answer: { } refusal } && AsksForLess(refusal))
        {
            guarded(() => { lane.Narrow(); return true; });
            logger.HostNarrowed(lane.Name, lane.Width);
        }
    }

    private static bool AsksForLess(ServerAnswer answer) => answer.Code == 421 || answer.Code < 500 && answer.Enhanced is { } code && code.StartsWith("4.7.", StringComparison.Ordinal);

    private static HostTrouble Trouble(ServerAnswer answer) => AnswerClassifier.Classify(answer) switch
    {
        AnswerClass.Sender => HostTrouble.Sender,
        AnswerClass.Configuration => answer.Code is 530 or 534 or 535 or 538 ? HostTrouble.Login : HostTrouble.Refuses,
        _ => HostTrouble.Unreachable,
    };

    private async Task FailedAsync(Lane lane, HostTrouble trouble, string why, Func<Func<bool>, bool> guarded)
    {
        logger.HostFailed(lane.Name, why);
        if (!guarded(() => lane.Breaker.Failed(why, trouble != HostTrouble.Unreachable)))
            return;
        logger.HostRests(lane.Name, (int)lane.Breaker.Left.TotalSeconds, why);
        lane.IsAlarmed = true;
        await alarms.RaiseAsync(HostAlarm.Of(lane.Name, trouble, why), CancellationToken.None);
    }

    private async Task SucceededAsync(Lane lane, Func<Func<bool>, bool> guarded)
    {
        if (guarded(() => { lane.Breaker.Succeeded(); return lane.IsAlarmed; }))
        {
            lane.IsAlarmed = false;
            await alarms.ClearAsync(HostAlarm.Key(lane.Name), CancellationToken.None);
        }
    }
}
