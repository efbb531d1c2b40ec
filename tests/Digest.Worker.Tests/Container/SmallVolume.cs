using System.Diagnostics;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Container;

/// <summary>A volume of 96 MB in memory that belongs to the user of the image.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly TestFolder folder = new();

    public SmallVolume() => Run("mount", "-t", "tmpfs", "-o", "size=96m,uid=1654,gid=1654,mode=700", "tmpfs", folder.Path);

    public string Folder => folder.Path;

    /// <summary>The option that mounts it.</summary>
    public string Option => $"-v={folder.Path}:/data";

    public void Dispose()
    {
        Run("umount", "-l", folder.Path);
        folder.Dispose();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
