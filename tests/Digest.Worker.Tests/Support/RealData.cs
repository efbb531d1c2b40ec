namespace Digest.Worker.Tests.Support;

/// <summary>Real papers, profiles and mails that are not part of the repository: <c>../shared/data</c> beside it, where a developer has them.</summary>
internal abstract class RealData : INeeded
{
    public static string? Missing => Folder is null ? "The real data (../shared/data beside the repository) is not here." : null;

    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder!, .. parts]);

    private static string? Find() =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Folder, "..", "shared", "data")) is var data && Directory.Exists(data) ? data : null;
}
