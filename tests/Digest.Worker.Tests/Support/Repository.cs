namespace Digest.Worker.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Digest.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The tests must be run from a build inside the repository.");
    }
}
