namespace Digest.Worker.Health;

/// <summary>Looks at one thing that must hold. Readiness, alarms and the doctor ask the same checks.</summary>
internal interface ICheck
{
    /// <summary>True for what the service needs at every moment: <c>/readyz</c> asks it, so it takes a few seconds at most.</summary>
    bool IsVital { get; }

    /// <summary>True for what is looked at once an hour.</summary>
    bool IsRare => false;

    /// <summary>Never throws for what is outside: that is a finding.</summary>
    Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken);
}
