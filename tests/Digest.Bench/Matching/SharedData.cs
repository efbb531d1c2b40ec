using System.Runtime.CompilerServices;

namespace Digest.Bench.Matching;

/// <summary>The judgements and real papers beside the repository.</summary>
internal static class SharedData
{
    public static string Path(string relative, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared", "data", relative));
}
