using System.CommandLine;
using System.IO.Compression;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Sources;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Operations;

/// <summary><c>parse-feed --source KIND FILE...</c>: reads stored answers of a provider and prints one JSON object a line per paper.</summary>
internal static class ParseFeedVerb
{
    /// <summary>Bytes allocated between two collections.</summary>
    private const int Young = 2 << 20;

    private static long collected;

    public static Command Create()
    {
        var kind = new Option<string>("--source") { Description = "The kind: " + string.Join(", ", SourceKinds.Names) + ".", Required = true, HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. SourceKinds.Names]);
        var files = new Argument<FileInfo[]>("FILE") { Description = "Answers as they came over the wire, plain or gzipped.", Arity = ArgumentArity.OneOrMore };
        files.AcceptExistingOnly();
        var command = new Command("parse-feed", "Read stored answers of a provider; print one JSON object a line per paper.") { kind, files };
        command.SetAction(parsed =>
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            var source = SourceKinds.Find(parsed.GetRequiredValue(kind))!;
            var several = parsed.GetRequiredValue(files).Length > 1;
            var failed = parsed.GetRequiredValue(files).Count(file => !TryPrint(source, file, several, output));
            return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static bool TryPrint(SourceKind source, FileInfo file, bool several, StreamWriter output)
    {
        try
        {
            using var answer = Open(file);
            var reading = source.Read(answer, entry => Print(entry, output));
            foreach (var aside in reading.SetAside)
                output.WriteLine(EntryJson.Line(aside));
            return reading.Taken > 0 || Say(file, several, reading.Quiet ?? (reading.SetAside.Count > 0 ? "no entry could be used" : "no entries"));
        }
        catch (Exception e) when (e is AnswerException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Say(file, several, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a stranger's file does to us, it is a line and not a crash.
            return Say(file, several, $"cannot be read: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>
    /// Printed as it is read, and what it left behind is collected before it becomes old: a month in one file costs no more memory than a day.
    /// The collector by itself waits for 8 MB (Gen0MaxBudget), which is right for the service that sends.
    /// </summary>
    private static void Print(PaperEntry entry, StreamWriter output)
    {
        output.WriteLine(EntryJson.Line(entry));
        if (GC.GetAllocatedBytesForCurrentThread() is var allocated && allocated / Young > collected)
        {
            collected = allocated / Young;
            GC.Collect(0);
        }
    }

    private static bool Say(FileInfo file, bool several, string reason)
    {
        Console.Error.WriteLine(several ? $"{file.Name}: {reason}" : reason);
        return false;
    }

    private static BoundedStream Open(FileInfo file)
    {
        var content = file.OpenRead();
        var packed = content.ReadByte() == 0x1f && content.ReadByte() == 0x8b;
        content.Position = 0;
        return new(packed ? new GZipStream(content, CompressionMode.Decompress) : content, new WireLimits().LargestAnswer);
    }
}
