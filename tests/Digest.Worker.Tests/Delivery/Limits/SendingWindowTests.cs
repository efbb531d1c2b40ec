using Digest.Worker.Delivery.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery.Limits;

public sealed class SendingWindowTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(50, 10)]
    public void Wherever_between_beginning_and_end_a_server_counts_no_stretch_has_more(int most, int seconds)
    {
        var time = new FakeTimeProvider();
        var length = TimeSpan.FromSeconds(seconds);
        var window = new SendingWindow(most, length, time);
        var random = new Random(most);
        var open = new Queue<DateTimeOffset>();
        var counted = new List<DateTimeOffset>();
        for (var step = 0; step < 20_000; step++)
        {
            if (window.Wait() == TimeSpan.Zero && random.Next(3) > 0)
            {
                window.Begin();
                open.Enqueue(time.GetUtcNow());
            }
            else if (open.Count > 0 && random.Next(2) == 0)
            {
                // The server counted it at any moment since it began.
                var begun = open.Dequeue();
                counted.Add(begun + (time.GetUtcNow() - begun) * random.NextDouble());
                window.End(counts: true);
            }
            time.Advance(length / (4 * most) * random.NextDouble());
        }
        counted.Sort();
        for (var i = most; i < counted.Count; i++)
            Assert.True(counted[i] - counted[i - most] >= length, $"{most + 1} within {counted[i] - counted[i - most]}");
        Assert.True(counted.Count > 500);
    }

    [Fact]
    public void The_wait_that_it_names_is_the_one_that_is_needed()
    {
        var time = new FakeTimeProvider();
        var window = new SendingWindow(2, TimeSpan.FromHours(1), time);
        window.Remember(TimeSpan.FromMinutes(50));
        window.Remember(TimeSpan.FromMinutes(20));
        Assert.Equal(10, window.Wait()!.Value.TotalMinutes, 3);
        time.Advance(TimeSpan.FromMinutes(10.01));
        Assert.Equal(TimeSpan.Zero, window.Wait());
        window.Begin();
        Assert.Equal(29.99, window.Wait()!.Value.TotalMinutes, 2);
        time.Advance(TimeSpan.FromMinutes(30));
        window.Begin();
        Assert.Null(window.Wait());
        window.End(counts: false);
        Assert.Equal(TimeSpan.Zero, window.Wait());
    }

    [Fact]
    public void A_moment_that_lies_ahead_after_the_clock_was_set_back_counts_as_of_now()
    {
        var time = new FakeTimeProvider();
        var window = new SendingWindow(1, TimeSpan.FromHours(1), time);
        window.Remember(TimeSpan.FromHours(-2));
        Assert.Equal(1, window.Wait()!.Value.TotalHours, 3);
    }
}
