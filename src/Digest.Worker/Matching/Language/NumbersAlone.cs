namespace Digest.Worker.Matching.Language;

/// <summary>
/// Lines like "5 and 11" or "6 or 7 or 8", with which the search histories of medical databases refer to their other lines. As words they would find every
/// paper with a measurement in it. A number in quotation marks is looked for.
/// </summary>
internal static class NumbersAlone
{
    public static bool Is(ReadOnlySpan<char> line)
    {
        var anyNumber = false;
        while (!line.IsEmpty)
        {
            var length = WordLength(line);
            var word = line[..Math.Max(1, length)];
            line = line[word.Length..];
            if (length == 0)
            {
                if (word[0] is '"' or '“' or '”')
                {
                    return false;
                }
            }
            else if (word.ContainsAnyExceptInRange('0', '9'))
            {
                if (!IsOperator(word))
                {
                    return false;
                }
            }
            else
            {
                anyNumber = true;
            }
        }

        return anyNumber;
    }

    private static int WordLength(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && char.IsLetterOrDigit(line[length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsOperator(ReadOnlySpan<char> word) =>
        word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase) || word.Equals("not", StringComparison.OrdinalIgnoreCase);
}
