namespace Digest.Worker.Tests.Support;

/// <summary>Real papers, profiles and mails that are not part of the repository: <c>../shared/data</c> beside it, where a developer has them.</summary>
internal static class RealData
{
    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder!, .. parts]);

    private static string? Find() =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Folder, "..", "shared", "data")) is var data && Directory.Exists(data) ? data : null;
}

/// <summary>A test on real data; skipped, and said so, where the data is absent.</summary>
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute()
    {
        if (RealData.Folder is null)
            Skip = "The real data (../shared/data beside the repository) is not here.";
    }
}

/// <summary>The same for a theory.</summary>
internal sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute()
    {
        if (RealData.Folder is null)
            Skip = "The real data (../shared/data beside the repository) is not here.";
    }
}
