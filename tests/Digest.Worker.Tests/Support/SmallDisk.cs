namespace Digest.Worker.Tests.Support;

/// <summary>A disk of a few megabytes in memory, which can be filled up and emptied. Only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable, INeeded
{
    private static readonly Lazy<bool> CanBeHad = new(() =>
    {
        using var disk = TryMount(1);
        return disk is not null;
    });

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static string? Missing => CanBeHad.Value ? null : "A small disk can be mounted by root only, and not in every container.";

    public static SmallDisk Mount(int megabytes) => TryMount(megabytes) ?? throw new InvalidOperationException("A small disk could not be mounted.");

    private static SmallDisk? TryMount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("digest-disk-").FullName;
        if (Environment.UserName == "root" && Command.Succeeds("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder))
            return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Leaves no room for one octet more.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        for (var piece = new byte[4096]; ;)
        {
            try
            {
                file.Write(piece);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        Command.Succeeds("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }
}
