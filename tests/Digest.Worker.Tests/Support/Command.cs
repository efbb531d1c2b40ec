using System.Diagnostics;

namespace Digest.Worker.Tests.Support;

/// <summary>A program of the system that may not be there, or may not do what it is asked.</summary>
internal static class Command
{
    /// <returns>False: it ended with a fault, or is not installed.</returns>
    public static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
