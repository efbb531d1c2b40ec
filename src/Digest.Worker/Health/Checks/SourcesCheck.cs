using System.Data.Common;
using System.Globalization;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Health.Checks;

/// <summary>Every source answered lately, and the day's batch is there or not yet late.</summary>
internal sealed class SourcesCheck(PapersOptions options, HealthPace pace, HealthStore store, BatchReading batches, TimeProvider time) : ICheck
{
    public bool IsVital => true;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Sources.Count == 0)
            return [new CheckResult("sources", CheckState.Warning, "No source is set, so there are no papers.") { Remedy = "Name one under Papers:Sources.", ToldAfter = null }];
        try
        {
            var harvests = await store.HarvestsAsync(cancellationToken);
            var verdict = await batches.VerdictAsync(cancellationToken);
            return [.. options.Sources.Select(source => Look(source, harvests, verdict))];
        }
        catch (DbException e)
        {
            return [new CheckResult("sources", CheckState.Failure, "The database cannot be read.") { Detail = e.Message, Remedy = "Look at the line about the database.", ToldAfter = null }];
        }
    }

    // Late and failing sources are told of by the room that asks them.
    private CheckResult Look(SourceOptions source, IReadOnlyDictionary<string, DateTimeOffset> harvests, BatchVerdict verdict) => Found(source, harvests, verdict) with { IsToldElsewhere = true };

    private CheckResult Found(SourceOptions source, IReadOnlyDictionary<string, DateTimeOffset> harvests, BatchVerdict verdict)
    {
        var key = $"source/{source.Name}";
        if (!harvests.TryGetValue(source.Name, out var last))
            return new CheckResult(key, CheckState.Warning, $"{source.Name} has not answered yet.") { Remedy = "The service asks it within Schedule:HarvestSeconds of its start, 'once' asks it now; 'papers status' shows what it answered." };
        if (time.GetUtcNow() - last > pace.SourcePatience)
            return new CheckResult(key, CheckState.Warning, $"{source.Name} has not answered since {Text(last)}.") { Remedy = "Look at what it answers with 'papers status', and whether 'doctor' reaches its host; the other sources go on." };
        if (verdict.Gaps.FirstOrDefault(gap => gap.Source == source.Name) is not { } gap)
            return CheckResult.Ok(key, $"{source.Name} answered on {Text(last)}.");
        var what = $"{source.Name} of {gap.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is {BatchStates.ToText(gap.State)}";
        return verdict.Ready
            ? new CheckResult(key, CheckState.Warning, $"{what} after its deadline.") { Detail = gap.Detail, Remedy = "Issues went without it and say so; its papers come with the next. Look at the source's own page for a holiday or an outage ('papers status')." }
            : new CheckResult(key, CheckState.Ok, $"{what}; issues wait for it until {Text(verdict.WaitUntil!.Value)}.") { Detail = gap.Detail };
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
