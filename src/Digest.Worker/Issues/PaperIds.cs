using System.Text.Json;

namespace Digest.Worker.Issues;

/// <summary>The papers of an issue as its row lists them: a JSON array of their ids, in the order of their positions.</summary>
internal static class PaperIds
{
    public static string Write(IReadOnlyList<long> papers) => $"[{string.Join(',', papers)}]";

    public static IReadOnlyList<long> Read(string stored) => JsonSerializer.Deserialize<long[]>(stored)!;
}
