using Digest.Worker.Delivery.Relays;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery.Relays;

public sealed class BreakerTests
{
    [Fact]
    public void Five_failures_in_a_row_and_it_rests_longer_each_time_until_an_answer()
    {
        var time = new FakeTimeProvider();
        var breaker = new Breaker(time);
        for (var i = 0; i < 4; i++)
            Assert.False(breaker.Failed("down", needsOperator: false));
        breaker.Succeeded();
        for (var i = 0; i < 4; i++)
            Assert.False(breaker.Failed("down", needsOperator: false));
        Assert.True(breaker.Failed("down", needsOperator: false));
        foreach (var seconds in new[] { 30, 60, 120, 300, 600, 900, 900 })
        {
            Assert.True(breaker.IsResting);
            Assert.False(breaker.Failed("another that was under way", needsOperator: true));
            Assert.Equal(seconds, breaker.Left.TotalSeconds, 3);
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.False(breaker.IsResting);
            Assert.True(breaker.IsProbing);
            Assert.True(breaker.Failed("still down", needsOperator: false));
        }
        time.Advance(TimeSpan.FromHours(1));
        breaker.Succeeded();
        Assert.False(breaker.IsProbing);
        Assert.False(breaker.Failed("once", needsOperator: false));
    }

    [Fact]
    public void What_needs_an_operator_rests_at_once()
    {
        var breaker = new Breaker(new FakeTimeProvider());
        Assert.True(breaker.Failed("wrong password", needsOperator: true));
        Assert.Equal(300, breaker.Left.TotalSeconds, 3);
    }
}
