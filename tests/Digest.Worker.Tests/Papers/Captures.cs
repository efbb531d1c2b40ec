namespace Digest.Worker.Tests.Papers;

/// <summary>The folder of real data next to the repository; absent in most checkouts.</summary>
internal static class Captures
{
    public static readonly string? Folder = Find();

    /// <summary>True when the data is not there; then the test says so and ends.</summary>
    public static bool Absent()
    {
        if (Folder is null)
            Console.WriteLine("SKIPPED: the real data (../shared/data) is not next to the repository.");
        return Folder is null;
    }

    public static string PathOf(params string[] parts) => Path.Combine([Folder!, .. parts]);

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Digest.sln")))
            folder = folder.Parent;
        var data = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "data");
        return Directory.Exists(data) ? data : null;
    }
}
