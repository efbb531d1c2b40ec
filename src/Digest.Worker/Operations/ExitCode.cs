namespace Digest.Worker.Operations;

/// <summary>What a verb tells the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
