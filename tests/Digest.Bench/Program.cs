using Digest.Bench;

// Every benchmark is told apart by its name: dotnet run -c Release --project tests/Digest.Bench -- NAME [ARGUMENTS]
switch (args)
{
    case ["text", .. var rest]:
        return TextBench.Run(rest);
    default:
        Console.Error.WriteLine("name a benchmark: text");
        return 2;
}
