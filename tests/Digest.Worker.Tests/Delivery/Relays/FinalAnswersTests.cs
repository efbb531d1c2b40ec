using Digest.Worker.Delivery.Relays;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery.Relays;

public sealed class FinalAnswersTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task The_third_dot_waits_for_an_answer_to_one_before()
    {
        var answers = new FinalAnswers(time);
        var (first, _) = (await answers.EnterAsync(), await answers.EnterAsync());
        var third = answers.EnterAsync();
        Assert.False(third.IsCompleted);
        answers.Leave(first);
        await third;
        Assert.False(answers.EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task A_slow_server_gets_the_next_dot_after_the_spacing()
    {
        var answers = new FinalAnswers(time);
        _ = (await answers.EnterAsync(), await answers.EnterAsync());
        var third = answers.EnterAsync();
        time.Advance(FinalAnswers.Spacing);
        await third;
        Assert.False(answers.EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task An_answer_that_is_told_twice_frees_one_place()
    {
        var answers = new FinalAnswers(time);
        var (first, _) = (await answers.EnterAsync(), await answers.EnterAsync());
        var (third, fourth) = (answers.EnterAsync(), answers.EnterAsync());
        answers.Leave(first);
        answers.Leave(first);
        await third;
        Assert.False(fourth.IsCompleted);
    }
}
