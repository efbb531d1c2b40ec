using System.CommandLine;
using System.IO.Compression;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Sources;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Operations;

/// <summary><c>parse-feed --source KIND FILE...</c>: reads stored answers of a provider and prints one JSON object a line per paper.</summary>
internal static class ParseFeedVerb
{
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
            var reading = source.Read(answer);
            foreach (var entry in reading.Entries)
                output.WriteLine(EntryJson.Line(entry));
            foreach (var aside in reading.SetAside)
                output.WriteLine(EntryJson.Line(aside));
            return reading.Entries.Count > 0 || Say(file, several, reading.Quiet ?? (reading.SetAside.Count > 0 ? "no entry could be used" : "no entries"));
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
