using Digest.Worker.Delivery;

namespace Digest.Worker.Tests.Delivery;

public sealed class BackOffTests
{
    private static readonly ServerAnswer Busy = new(SmtpPhase.Recipient, 451, "4.3.0 Busy");

    [Fact]
    public void The_steps_are_those_of_the_table_half_to_one_and_a_half()
    {
        double[] minutes = [1, 5, 15, 30, 60, 120, 240, 240, 240];
        for (var attempts = 0; attempts < minutes.Length; attempts++)
        {
            Assert.Equal(minutes[attempts] * 0.5, BackOff.After(Busy, AnswerClass.Temporary, attempts, 0).TotalMinutes, 6);
            Assert.Equal(minutes[attempts] * 1.5, BackOff.After(Busy, AnswerClass.Temporary, attempts, 1).TotalMinutes, 6);
        }
    }

    [Theory]
    [InlineData("4.7.1 Greylisted, try again in 300 seconds", 300)]
    [InlineData("Greylisted, try again in 10 minutes", 600)]
    [InlineData("greylisted, retry after 45 s", 45)]
    [InlineData("greylist: wait 2 hours", 7200)]
    [InlineData("greylist: wait 999999 hours", 14_400)]
    public void A_wait_that_the_server_names_is_kept(string text, int seconds)
    {
        var wait = BackOff.After(new ServerAnswer(SmtpPhase.Recipient, 450, text), AnswerClass.Greylisted, 0, 0.5).TotalSeconds;
        Assert.InRange(wait, seconds, seconds + 31);
    }

    [Fact]
    public void Greylisting_without_a_time_waits_five_minutes_twice_and_then_backs_off()
    {
        var grey = new ServerAnswer(SmtpPhase.Recipient, 450, "4.2.0 Greylisted");
        Assert.Equal(5, BackOff.After(grey, AnswerClass.Greylisted, 0, 0).TotalMinutes);
        Assert.Equal(5, BackOff.After(grey, AnswerClass.Greylisted, 1, 0).TotalMinutes);
        Assert.Equal(15, BackOff.After(grey, AnswerClass.Greylisted, 2, 0.5).TotalMinutes);
    }

    [Fact]
    public void Ten_thousand_that_failed_together_do_not_come_back_together()
    {
        var random = new Random(7);
        var seconds = Enumerable.Range(0, 10_000).Select(_ => (int)BackOff.After(Busy, AnswerClass.Temporary, 0, random.NextDouble()).TotalSeconds);
        Assert.True(seconds.GroupBy(second => second).Max(group => group.Count()) <= 200);
    }
}
