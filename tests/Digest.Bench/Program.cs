using Digest.Bench;
using Digest.Bench.Delivery;
using Digest.Bench.Mailbox;
using Digest.Bench.Matching;
using Digest.Bench.Operations;
using Digest.Bench.Papers;
using Digest.Bench.Web;
using Digest.Bench.Workers;

// Every benchmark is told apart by its name: dotnet run -c Release --project tests/Digest.Bench -- NAME [ARGUMENTS]
switch (args)
{
    case ["text", .. var rest]:
        return TextBench.Run(rest);
    case ["flood", .. var rest]:
        return await FloodBench.RunAsync(rest);
    case ["render", .. var rest]:
        return RenderBench.Run(rest);
    case ["fuzz", .. var rest]:
        return FuzzBench.Run(rest);
    case ["matching", .. var rest]:
        return MatchingBench.Run(rest);
    case ["delivery", .. var rest]:
        return await DeliveryBench.RunAsync(rest);
    case ["days", .. var rest]:
        return DaysBench.Run(rest);
    case ["ranking"]:
        return RankingBench.Run();
    case ["parse", .. var rest]:
        return await ParseBench.RunAsync(rest);
    case ["doors", .. var rest]:
        return await DoorsBench.RunAsync(rest);
    case ["search", .. var rest]:
        return await SearchBench.RunAsync(rest);
    case ["compose", .. var rest]:
        return await ComposeBench.RunAsync(rest);
    case ["web", .. var rest]:
        return await WebBench.RunAsync(rest);
    case ["workers", .. var rest]:
        return await WorkersBench.RunAsync(rest);
    case ["years", .. var rest]:
        return await YearsBench.RunAsync(rest);
    default:
        Console.Error.WriteLine("name a benchmark: compose, days, delivery, doors, flood, fuzz, matching, parse, ranking, render, search, text, web, workers, years");
        return 2;
}
