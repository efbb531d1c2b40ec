using System.Text.Json;
using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>JSON strings as they come: half of a pair, escaped ("\ud83d" alone), is no text, and .NET throws at it; it becomes U+FFFD, which readable text leaves out.</summary>
internal static partial class JsonText
{
    /// <summary>The text of a string element.</summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return JsonSerializer.Deserialize<string>(LoneHalf().Replace(text.GetRawText(), match => match.Groups["half"].Success ? "\\ufffd" : match.Value)) ?? "";
        }
    }

    /// <summary>Whole pairs and escaped backslashes are walked over, so that what is left is half of one.</summary>
    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex LoneHalf();
}
