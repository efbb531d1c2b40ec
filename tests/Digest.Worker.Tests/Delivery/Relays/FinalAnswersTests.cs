using Digest.Worker.Delivery.Relays;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery.Relays;

public sealed class FinalAnswersTests
{
    /// <summary>Who is let go by the clock of the test goes at once: a fault is not to hang.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task The_third_dot_waits_for_an_answer_to_one_before()
    {
        var answers = new FinalAnswers(time);
        var (first, _) = (await answers.EnterAsync(), await answers.EnterAsync());
        var third = answers.EnterAsync();
        Assert.False(third.IsCompleted);
        answers.Leave(first);
        await third.WaitAsync(Soon);
        Assert.False(answers.EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task A_slow_server_gets_the_next_dot_after_the_spacing()
    {
        var answers = new FinalAnswers(time);
        _ = (await answers.EnterAsync(), await answers.EnterAsync());
        var third = answers.EnterAsync();
        time.Advance(FinalAnswers.Spacing);
        await third.WaitAsync(Soon);
        // Nobody waited in between, and somebody does again.
        var fourth = answers.EnterAsync();
        Assert.False(fourth.IsCompleted);
        time.Advance(FinalAnswers.Spacing);
        await fourth.WaitAsync(Soon);
    }

    [Fact]
    public async Task An_answer_that_is_told_twice_frees_one_place()
    {
        var answers = new FinalAnswers(time);
        var (first, _) = (await answers.EnterAsync(), await answers.EnterAsync());
        var (third, fourth) = (answers.EnterAsync(), answers.EnterAsync());
        answers.Leave(first);
        answers.Leave(first);
        await third.WaitAsync(Soon);
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Whoever_waits_longest_goes_first()
    {
        var answers = new FinalAnswers(time);
        var (first, second) = (await answers.EnterAsync(), await answers.EnterAsync());
        var (third, fourth) = (answers.EnterAsync(), answers.EnterAsync());
        time.Advance(FinalAnswers.Spacing);
        await third.WaitAsync(Soon);
        Assert.False(fourth.IsCompleted);
        answers.Leave(first);
        Assert.False(fourth.IsCompleted);
        answers.Leave(second);
        await fourth.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_dot_that_came_late_does_not_put_off_the_next()
    {
        var answers = new FinalAnswers(time);
        _ = (await answers.EnterAsync(), await answers.EnterAsync());
        var (third, fourth) = (answers.EnterAsync(), answers.EnterAsync());
        time.Advance(FinalAnswers.Spacing * 1.6);
        await third.WaitAsync(Soon);
        time.Advance(FinalAnswers.Spacing * 0.4);
        await fourth.WaitAsync(Soon);
    }

    [Fact]
    public async Task Nobody_looks_at_the_clock_again_and_again_while_they_wait()
    {
        var clock = new CountedClock();
        var answers = new FinalAnswers(clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var dot = 0; dot < 10; dot++)
            {
                var entered = await answers.EnterAsync();
                await Task.Delay(30);
                answers.Leave(entered);
            }
        })));
        // 80 dots, at each of which somebody enters, leaves and waits.
        Assert.InRange(clock.Asked, 80, 800);
    }

    private sealed class CountedClock : TimeProvider
    {
        private int asked;

        public int Asked => asked;

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref asked);
            return base.GetTimestamp();
        }
    }
}
