using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>A run of letters: the beginning of an address, or just letters.</summary>
internal static class Words
{
    public static int Set(Manuscript source, int at, int end, StringBuilder output)
    {
        if (Urls.StartAt(source, at))
            return Urls.Copy(source, at, end, output);
        var i = at + 1;
        while (i < end && char.IsAsciiLetter(source.At(i)))
            i++;
        output.Append(source.Text, at, i - at);
        return i;
    }
}
