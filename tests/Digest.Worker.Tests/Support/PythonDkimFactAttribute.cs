namespace Digest.Worker.Tests.Support;

/// <summary>A test that needs python3 with the modules dkim and nacl; skipped, and said so, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonDkimFactAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    public PythonDkimFactAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/dkim") || !Directory.Exists("/usr/lib/python3/dist-packages/nacl"))
            Skip = "python3-dkim and python3-nacl are not installed here";
    }
}
