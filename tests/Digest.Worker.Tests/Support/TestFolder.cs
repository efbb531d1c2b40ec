namespace Digest.Worker.Tests.Support;

/// <summary>An empty folder for one test, removed after it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("digest-test-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        TestDatabase.Drop(Path);
        Directory.Delete(Path, recursive: true);
    }
}
