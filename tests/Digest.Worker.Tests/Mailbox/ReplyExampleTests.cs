using Digest.Templates;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>What our mails tell a reader to write is understood, in each language.</summary>
public sealed class ReplyExampleTests
{
    public static TheoryData<string> Languages => [.. SampleMails.Languages];

    [Theory, MemberData(nameof(Languages))]
    public void Every_example_of_the_footer_is_a_command(string language)
    {
        var text = MailTemplates.Load(null).Render(SampleMails.Issue(language)).Text;
        var footer = text[text.IndexOf("\n-- \n", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).TakeLast(5).Select(line => line[2..]);
        Assert.Equal(["more", "add", "pause", "help", "unsubscribe"], footer.Select(Understood));
    }

    [Theory, MemberData(nameof(Languages))]
    public void So_is_what_the_letters_ask_for(string language)
    {
        var templates = MailTemplates.Load(null);
        foreach (var (kind, verb) in new[] { (LetterKind.Unsubscribed, "undo"), (LetterKind.Paused, "resume"), (LetterKind.Confirmation, "confirm") })
        {
            var text = templates.Render(SampleMails.Letter(kind, language)).Text.ReplaceLineEndings(" ");
            var quoted = System.Text.RegularExpressions.Regex.Matches(text, "[“„«「]\\s*([^”“»」]+?)\\s*[”“»」]").Select(match => match.Groups[1].Value);
            Assert.Contains(verb, quoted.Select(Understood));
        }
    }

    private static string Understood(string line) => string.Join(',', Mails.Explain(Mails.Reply(line)).Commands.Select(command => command.Name));
}
