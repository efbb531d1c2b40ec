using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>Whether a whole text says that the mails shall stop, and nothing else but courtesies and a name.</summary>
internal static partial class StopWish
{
    private const int Longest = 600;
    private const int SignatureLines = 4;
    private const int LongWord = 8;

    /// <summary>The language in which it is said; null when it is not.</summary>
    public static string? Find(string text)
    {
        if (text.Length is 0 or > Longest)
            return null;
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count > 0 && IsListCommand(lines[0]) && lines.Skip(1).All(line => line is "end" or "quit" || IsNameLike(line)))
            return "en";
        for (var dropped = 0; dropped <= SignatureLines && lines.Count > 0; dropped++)
        {
            foreach (var vocabulary in Vocabulary.All)
                if (Says(vocabulary, string.Join('\n', lines), EndOfSentenceOrLine()) || Says(vocabulary, string.Join(' ', lines), EndOfSentence()))
                    return vocabulary.Language;
            if (lines.Count == 1 || !IsNameLike(lines[^1]))
                return null;
            lines.RemoveAt(lines.Count - 1);
        }
        return null;
    }

    private static bool Says(Vocabulary vocabulary, string text, Regex separator)
    {
        var stops = false;
        foreach (var sentence in separator.Split(text))
        {
            var meaning = vocabulary.Understand(FoldedText.Words(sentence));
            if (meaning == SentenceMeaning.Unknown && !IsGreeting(sentence))
                return false;
            stops |= meaning == SentenceMeaning.Stop;
        }
        return stops;
    }

    /// <summary>"unsubscribe LIST" as list servers take it. An address there may be somebody else's: not a wish that we understand.</summary>
    private static bool IsListCommand(string line) => ListCommand().Match(FoldedText.Fold(line)) is { Success: true } match && IsExplicit(match.Groups[1].Value);

    /// <summary>A word that means nothing else, such as "unsubscribe"; "stop" and "cancel" may be about anything.</summary>
    public static bool IsExplicit(string text) => FoldedText.Words(text).Any(word => word.Length >= LongWord && Vocabulary.All.Any(vocabulary => vocabulary.IsVerb(word)));

    private static bool IsGreeting(string sentence) => FoldedText.Words(sentence) is { Count: > 0 and <= 5 } words && Greeting().IsMatch(words[0]);

    /// <summary>A line of a signature: a few words that begin with a capital or a number, a closing, an address.</summary>
    private static bool IsNameLike(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= 5 && line.Length <= 60 && words.All(word => char.IsUpper(word[0]) || !char.IsLetter(word[0]) || word.Length <= 3 || word.Contains('@', StringComparison.Ordinal) || FoldedText.IsAlone(word[0]));
    }

    [GeneratedRegex(@"[.!?;,:。！？；，、：…]+|\n")]
    private static partial Regex EndOfSentenceOrLine();

    [GeneratedRegex(@"[.!?;,:。！？；，、：…]+")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"^\W*([a-z]{5,20})\s+<?([a-z0-9_.]+-[a-z0-9_.-]+)>?\W*$", RegexOptions.NonBacktracking)]
    private static partial Regex ListCommand();

    [GeneratedRegex(@"^(?:dear|hi|hello|hey|good|sehr|liebe|lieber|hallo|guten|bonjour|cher|chere|madame|monsieur|hola|estimado|estimada|estimados|buenos|buenas|ola|caro|cara|ciao|salve|beste|geachte|hej|hei|witam|dzien|уважаемые|уважаемый|здравствуйте|добрый)$")]
    private static partial Regex Greeting();
}
