using Digest.Worker.Delivery;

namespace Digest.Worker.Tests.Delivery;

public sealed class AnswerClassifierTests
{
    public static TheoryData<string, string, string> Answers()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Delivery", "Cases", "answers.txt")).Where(line => line.Length > 0 && line[0] != '#'))
            if (line.Split('|', 3, StringSplitOptions.TrimEntries) is [var phase, var about, var answer])
                data.Add(phase, about, answer);
        return data;
    }

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_is_about_what_the_table_says(string phase, string about, string answer) =>
        Assert.Equal(about, AnswerClassifier.Classify(Parse(phase, answer)).ToString());

    [Fact]
    public void The_table_is_large_enough_to_mean_something() => Assert.True(Answers().Count >= 120);

    [Fact]
    public void No_policy_code_ever_blames_an_address()
    {
        foreach (var code in new[] { 550, 551, 552, 553, 554 })
            for (var detail = 0; detail <= 750; detail++)
                foreach (var words in new[] { "", "User unknown", "Recipient rejected: mailbox does not exist", "Access denied" })
                    foreach (var phase in new[] { SmtpPhase.Recipient, SmtpPhase.Message })
                        Assert.NotEqual(AnswerClass.Hard, AnswerClassifier.Classify(new ServerAnswer(phase, code, $"5.7.{detail} {words}")));
    }

    [Theory]
    [InlineData(550, "5.1.1 User unknown", "5.1.1")]
    [InlineData(550, "5.1.1", "5.1.1")]
    [InlineData(550, "#5.1.0 Address rejected", "5.1.0")]
    [InlineData(550, "5.7.509: Access denied", "5.7.509")]
    [InlineData(450, "5.1.1 mixed classes", null)]
    [InlineData(550, "5.1 short", null)]
    [InlineData(550, "5.1.1.1 long", null)]
    [InlineData(550, "192.0.2.1 is an address", null)]
    [InlineData(550, "", null)]
    public void The_enhanced_code_is_read_where_it_stands(int code, string text, string? expected) =>
        Assert.Equal(expected, EnhancedCode.Find(code, text));

    private static ServerAnswer Parse(string phase, string answer) =>
        new(Enum.Parse<SmtpPhase>(phase, ignoreCase: true), int.Parse(answer.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), answer[3..].TrimStart('-', ' '));
}
