using System.Globalization;
using Digest.Templates.Issues;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Letters;

/// <summary>A letter as its template sees it.</summary>
internal static class LetterView
{
    private const int MostLines = 200;
    private const int LongestLine = 2_000;
    private const int MostBest = 5;

    public static ScriptObject Of(LetterModel letter, string kind, Language language) => new()
    {
        ["kind"] = kind,
        ["name"] = letter.Name is { Length: > 0 } name ? TextCut.At(name, 80) : null,
        ["next_issue"] = letter.NextIssue is { } next ? When(next, language) : null,
        ["time_zone"] = letter.Footer.TimeZone,
        ["confirm_url"] = MailLink.Of(letter.ConfirmUrl),
        ["yes"] = Word("confirmation.yes", letter, language),
        ["undo"] = Word("unsubscribed.command", letter, language),
        ["resume"] = Word("paused.command", letter, language),
        ["yes_mail"] = MailLink.Reply(letter.Footer.ReplyTo, language.Escaped("confirmation.yes")),
        ["undo_mail"] = MailLink.Reply(letter.Footer.ReplyTo, language.Escaped("unsubscribed.command")),
        ["resume_mail"] = MailLink.Reply(letter.Footer.ReplyTo, language.Escaped("paused.command")),
        ["lines"] = new ScriptArray(letter.Lines.Take(MostLines).Select(line => Line(line.Split('\n'), letter))),
        ["back_test"] = letter.BackTest is { } test ? BackTest(test, language) : null,
    };

    // A command to reply with, which is at hand where it is named.
    private static RichText Word(string command, LetterModel letter, Language language) =>
        new([new TextRun(language.Plain(command), Link: MailLink.Reply(letter.Footer.ReplyTo, language.Escaped(command))?.Value, Kept: true)]);

    private static ScriptObject Line(string[] line, LetterModel letter) => new()
    {
        ["text"] = new RichText(Marking.Mark(TextCut.At(line[0], LongestLine), .., "", [])),
        ["commands"] = new ScriptArray(line.Skip(1).Take(MostLines).Select(command => new ScriptObject
        {
            ["text"] = command,
            ["url"] = MailLink.Reply(letter.Footer.ReplyTo, Uri.EscapeDataString(command)),
        })),
    };

    private static RichText When(DateTime time, Language language) => language.Rich(
        "date.time", WholeWords.Of(language.LongDate(DateOnly.FromDateTime(time))), time.ToString("HH:mm", CultureInfo.InvariantCulture));

    private static ScriptObject BackTest(LetterBackTest test, Language language) => new()
    {
        ["days"] = test.Days,
        ["matched"] = test.Matched,
        ["best"] = new ScriptArray(test.Best.Take(MostBest).Select((paper, i) => PaperView.Of(paper, (i + 1).ToString(CultureInfo.InvariantCulture), 0, language))),
    };
}
