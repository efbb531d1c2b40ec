namespace Digest.Templates.Issues;

/// <summary>How much of an abstract a card shows.</summary>
internal static class AbstractLength
{
    private const int Long = 480;
    private const int Short = 300;

    /// <summary>Characters to aim at; 0 for a row. A reader with interests reads on; somebody who looks at what trends skims.</summary>
    public static int Of(IssueModel issue, int position, ShownAs shape) =>
        shape != ShownAs.Full ? 0 : position < 5 ? Long : Short;
}
