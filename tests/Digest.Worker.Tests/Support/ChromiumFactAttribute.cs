namespace Digest.Worker.Tests.Support;

/// <summary>A test in a real browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (!File.Exists(BrowserPage.Chromium))
            Skip = "Chromium is not installed.";
    }
}
