using System.Security.Cryptography;
using System.Text;

namespace Digest.Worker.Storage;

/// <summary>
/// The one secret of an installation: 32 random bytes, made at the first start and kept in the data folder. Message-IDs and
/// tokens are derived from it, so a lost key makes every link and reply address in mails already sent invalid: back it up.
/// </summary>
internal sealed class InstallationKey
{
    private const int Length = 32;
    private readonly byte[] secret;

    public InstallationKey(StorageOptions options)
    {
        var path = FilePath = Path.Combine(options.DataFolder, "installation.key");
        if (!File.Exists(path))
            Create(path);
        var text = File.ReadAllText(path).Trim();
        secret = new byte[Length];
        if (!Convert.TryFromBase64String(text, secret, out var read) || read != Length)
            throw new InvalidDataException($"{path} does not hold {Length} bytes in Base64: restore it from a backup.");
    }

    /// <summary>The file that it stands in.</summary>
    public string FilePath { get; }

    /// <summary>The key for one purpose (HKDF-SHA256, RFC 5869): a token of one purpose is worthless for another.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Length, info: Encoding.ASCII.GetBytes(purpose));

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}";
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(temporary, mode))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it first: its key is the key.
            File.Delete(temporary);
        }
    }
}
