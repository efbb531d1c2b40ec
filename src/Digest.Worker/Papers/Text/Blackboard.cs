namespace Digest.Worker.Papers.Text;

/// <summary>Letters with a double stroke: ℝ, 𝔼.</summary>
internal static class Blackboard
{
    // Seven letters were in Unicode before the block of mathematical letters and have holes there.
    private const string Early = "CℂHℍNℕPℙQℚRℝZℤ";

    public static string Of(string letters)
    {
        if (letters.Length > 4 || !letters.All(char.IsAsciiLetterOrDigit))
            return letters;
        return string.Concat(letters.Select(Of));
    }

    private static string Of(char letter)
    {
        var early = Early.IndexOf(letter);
        if (early >= 0)
            return Early[early + 1].ToString();
        return letter switch
        {
            >= 'A' and <= 'Z' => char.ConvertFromUtf32(0x1D538 + (letter - 'A')),
            >= 'a' and <= 'z' => char.ConvertFromUtf32(0x1D552 + (letter - 'a')),
            _ => char.ConvertFromUtf32(0x1D7D8 + (letter - '0')),
        };
    }
}
