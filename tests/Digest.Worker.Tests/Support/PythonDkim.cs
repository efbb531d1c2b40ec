namespace Digest.Worker.Tests.Support;

/// <summary>Python with its modules for DKIM: others' reading of our signatures.</summary>
internal abstract class PythonDkim : INeeded
{
    public const string Python = "/usr/bin/python3";

    private const string Modules = "/usr/lib/python3/dist-packages";

    public static string? Missing => Directory.Exists($"{Modules}/dkim") && Directory.Exists($"{Modules}/nacl") ? null : "python3-dkim and python3-nacl are not installed (Debian: apt-get install python3-dkim python3-nacl).";
}
