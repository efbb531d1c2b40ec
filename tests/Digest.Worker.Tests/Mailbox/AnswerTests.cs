using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Understanding.Commands;

namespace Digest.Worker.Tests.Mailbox;

public class AnswerTests
{
    public static TheoryData<string> Languages => [.. Sentences.Keys.Keys];

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_says_everything(string language) => Assert.Equal(Sentences.Keys["en"].Order(), Sentences.Keys[language].Order());

    [Theory, MemberData(nameof(Languages))]
    public void Every_command_that_an_answer_offers_is_understood(string language)
    {
        foreach (var offered in Sentences.For(language).Say("commands").Split(" · "))
            Assert.True(CommandReader.Read("Re: x", offered, null).Count == 1, $"{language}: {offered}");
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_word_for_undo_is_understood(string language)
    {
        var sentence = Sentences.For(language).Say("undo");
        var word = sentence.Split(['"', '„', '“', '«', '»', '”', '「', '」'])[1].Trim();
        Assert.Equal(CommandVerb.Undo, CommandReader.Read("Re: x", word, null)[0].Verb);
    }
}
