using System.Runtime.CompilerServices;

namespace Digest.Templates.Tests.Support;

/// <summary>
/// Compares a mail with the reviewed file in <c>Golden/</c>. After a wanted change run the tests with <c>GOLDEN=write</c> in the
/// environment and review the difference before it is committed.
/// </summary>
internal static class GoldenFile
{
    public static void Check(string name, RenderedMail mail)
    {
        CheckPart($"{name}.golden.html", mail.Html);
        CheckPart($"{name}.golden.txt", $"Subject: {mail.Subject}\n\n{mail.Text}");
    }

    private static void CheckPart(string file, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden", file);
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
            File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"There is no Golden/{file}.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
