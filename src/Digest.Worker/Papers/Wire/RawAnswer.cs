using System.IO.Compression;

namespace Digest.Worker.Papers.Wire;

/// <summary>An answer as it came, packed on the disk, so that memory does not grow with it and a day can be parsed again.</summary>
internal sealed class RawAnswer(string path, bool keep) : IDisposable
{
    public string Path { get; } = path;

    public Stream Open() => new GZipStream(File.OpenRead(Path), CompressionMode.Decompress);

    public void Dispose()
    {
        if (!keep)
            File.Delete(Path);
    }
}
