namespace Digest.Worker.Health;

/// <summary>Runs a check so that nothing of it can hold up or end the others.</summary>
internal static class CheckRun
{
    public static async Task<IReadOnlyList<CheckResult>> WithinAsync(ICheck check, TimeSpan patience, CancellationToken cancellationToken)
    {
        var key = check.GetType().Name.Replace("Check", "", StringComparison.Ordinal).ToLowerInvariant();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            // A name server that is silent does not listen to the token everywhere: waiting ends all the same.
            return await Task.Run(() => check.RunAsync(limit.Token), cancellationToken).WaitAsync(patience + TimeSpan.FromMilliseconds(500), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var said = e is OperationCanceledException or TimeoutException ? $"The check of the {key} did not end in time." : $"The check of the {key} failed.";
            return [new CheckResult(key, CheckState.Failure, said) { Detail = e.Message, Remedy = "Run 'doctor' and read the log.", ToldAfter = TimeSpan.FromMinutes(10) }];
        }
    }
}
