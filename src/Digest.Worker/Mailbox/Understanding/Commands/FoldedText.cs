using System.Globalization;
using System.Text;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>Text made comparable, one character for one: lower case, without accents, full width as plain, so that places stay the same.</summary>
internal static class FoldedText
{
    public static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            span[i] = Fold(source[i]);
    });

    /// <summary>The words of a text: letters and digits; Chinese, Japanese and Thai characters stand alone.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in Fold(text))
        {
            if (character is '\'' or '’' or 'ー')
                continue;
            if (char.IsLetterOrDigit(character) && !IsAlone(character))
            {
                word.Append(character);
                continue;
            }
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
            if (IsAlone(character))
                words.Add(character.ToString());
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Scripts that put no space between words.</summary>
    public static bool IsAlone(char character) => character is >= '\u3040' and <= '\u9fff' or >= '\u0e01' and <= '\u0e5b' or >= '\uac00' and <= '\ud7a3' && char.IsLetter(character);

    private static char Fold(char character)
    {
        if (character < 128)
            return char.ToLowerInvariant(character);
        if (char.IsSurrogate(character) || (character >= '\u3040' && character <= '\u30ff') || (character >= '\uac00' && character <= '\ud7a3'))
            return character;
        if (character == 'ı')
            return 'i';
        var form = character.ToString().Normalize(NormalizationForm.FormKD);
        var first = form.FirstOrDefault(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark, character);
        return char.ToLowerInvariant(first);
    }
}
