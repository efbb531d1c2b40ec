using System.CommandLine;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary>What every verb gets: the pretended time, and the service built and its database brought up to date.</summary>
internal sealed class VerbContext
{
    /// <summary>The global option <c>--at TIME</c>.</summary>
    public Option<DateTimeOffset?> At { get; } = new("--at")
    {
        Description = "Pretend that it is this time (ISO 8601), for rehearsals and tests.",
        HelpName = "TIME",
        Recursive = true,
        CustomParser = PointInTime.Parse,
    };

    public TimeProvider Clock(ParseResult parsed) => parsed.GetValue(At) is { } at ? new PretendedTime(at) : TimeProvider.System;

    /// <summary>Runs a verb on the built but not started service; migrations are applied first.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> verb, CancellationToken cancellationToken)
    {
        await using var app = DigestHost.Build(Clock(parsed));
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
        return await verb(app.Services, cancellationToken);
    }
}
