namespace Digest.Worker.Storage;

/// <summary>A folder beside a file that is about to be written: on the same volume, so that a finished file is moved in one step; gone when done.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string folder;

    public WorkFolder(string beside)
    {
        var place = Path.GetDirectoryName(Path.GetFullPath(beside))!;
        Directory.CreateDirectory(place);
        folder = Path.Combine(place, $".{Path.GetFileName(beside)}.{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string File(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
