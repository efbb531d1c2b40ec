using System.Globalization;
using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>The closed grammar of commands: a line is one of the table's patterns as a whole, or it is none.</summary>
internal static partial class CommandGrammar
{
    private static readonly CommandPattern[] Patterns = Read();
    private static readonly string[] Courtesies = [.. WordTable.Load("courtesies").Entries.Select(FoldedText.Fold).OrderByDescending(word => word.Length)];

    private static readonly HashSet<string> NoInterests = [.. WordTable.Load("no-interests").Entries.Select(FoldedText.Fold)];

    /// <summary>The command that a line is; null when it is none.</summary>
    public static MailCommand? Find(string line)
    {
        var (text, folded) = Strip(line);
        if (folded.Length is 0 or > 300)
            return null;
        foreach (var pattern in Patterns)
            if (pattern.Match(folded) is { Success: true } match && Fill(pattern, match, text) is { } command)
                return command;
        return null;
    }

    /// <summary>Whether the words of a command mean the same in this language.</summary>
    public static bool IsSaidIn(string language, MailCommand command)
    {
        var folded = Strip(command.Text).Folded;
        var tag = language.Split('-')[0].ToLowerInvariant();
        return folded.Length is > 0 and <= 300 && Patterns.Any(pattern => pattern.Language == tag && pattern.Verb == command.Verb && pattern.Match(folded).Success);
    }

    /// <summary>True for a line of nothing but courtesies.</summary>
    public static bool IsCourtesy(string line) => Strip(line).Folded.Length == 0;

    private static MailCommand? Fill(CommandPattern pattern, Match match, string text)
    {
        var command = new MailCommand(pattern.Verb) { Language = pattern.Language, Text = text, Numbers = Numbers(match) };
        if (match.Groups["text"] is { Success: true } argument)
            command = command with { Argument = text.Substring(argument.Index, argument.Length).TrimStart(':', '：', ' ', '\u3000').Trim(' ', '"', '“', '”', '「', '」') };
        if (pattern.Verb is CommandVerb.Add or CommandVerb.Drop && FoldedText.Words(command.Argument ?? "") is [var first, ..] && NoInterests.Contains(first))
            return null;
        if (match.Groups["date"] is { Success: true } date)
        {
            if ((SpokenDates.Find(date.Value) ?? SpokenDates.MonthAlone(date.Value)) is not { } spoken)
                return null;
            command = command with { Date = spoken };
        }
        if (match.Groups["span"] is { Success: true } span)
            command = command with { Days = NumberWords.Days(span.Value) * NumberWords.Number(match.Groups["n"].Value) };
        return match.Groups["day"] is { Success: true } day ? command with { Day = WeekdayNames.Find(day.Value) } : command;
    }

    private static IReadOnlyList<int> Numbers(Match match)
    {
        if (match.Groups["numbers"].Success)
            return [.. Digits().Matches(match.Groups["numbers"].Value).Select(number => Parse(number.Value)).Distinct()];
        if (match.Groups["n"].Success)
            return [NumberWords.Number(match.Groups["n"].Value)];
        if (match.Groups["hour"] is not { Success: true } hour)
            return [];
        var half = match.Groups["half"].Value;
        var value = Parse(hour.Value);
        return [half == "pm" && value < 12 ? value + 12 : half == "am" && value == 12 ? 0 : value];
    }

    private static int Parse(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The line without courtesies and marks around it; folding keeps every place.</summary>
    private static (string Text, string Folded) Strip(string line)
    {
        var text = line.Trim(Around);
        var folded = FoldedText.Fold(text);
        for (var again = true; again;)
        {
            again = false;
            foreach (var word in Courtesies)
            {
                if (Begins(folded, word))
                    text = text[word.Length..];
                else if (Ends(folded, word))
                    text = text[..^word.Length];
                else
                    continue;
                text = text.Trim(Around);
                folded = FoldedText.Fold(text);
                again = true;
            }
        }
        return (text, folded);
    }

    private static readonly char[] Around = [' ', '\t', '.', ',', '!', '?', '¿', '¡', '？', ';', '*', '"', '\'', '“', '”', '-', '–', '—', '。', '！', '、', '，', '・', '•', '>', '\u3000'];

    private static bool Begins(string text, string word) => text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]) || FoldedText.IsAlone(word[^1]));

    private static bool Ends(string text, string word) => text.EndsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetterOrDigit(text[^(word.Length + 1)]) || FoldedText.IsAlone(word[0]));

    private static CommandPattern[] Read()
    {
        var table = WordTable.Load("commands");
        return [.. table.Names.Where(name => name.Length > 0).SelectMany(name =>
        {
            var words = name.Split(' ');
            var verb = Enum.Parse<CommandVerb>(words[0], ignoreCase: true);
            return table.Section(name).Select(line => new CommandPattern(verb, words[1], line));
        })];
    }

    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
