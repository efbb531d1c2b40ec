using System.Diagnostics;
using Digest.Worker.Web;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Web;

public sealed class EvenPaceTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(40, 100)]
    [InlineData(250, 300)]
    public async Task The_answer_comes_at_the_step_after_the_work_counted_from_before_it(int work, int answer)
    {
        var clock = new CountingClock();
        var (begun, worked) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var answered = new EvenPace(clock).RunAsync(() =>
        {
            begun.SetResult();
            return worked.Task;
        }, CancellationToken.None);
        await begun.Task;
        for (var now = 0; now < answer; now += 10)
        {
            if (now == work)
                worked.SetResult();
            // The clock goes on when the next step has begun, however late a busy machine comes to it.
            for (var patience = Stopwatch.StartNew(); clock.Timers <= now / 100; await Task.Delay(1))
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), $"no step began by {now} ms");
            await Task.Delay(20);
            Assert.False(answered.IsCompleted, $"after {now} ms");
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        worked.TrySetResult();
        await answered.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>A wait for the rest of the step is cut to whole milliseconds: the answer to work of 2.4 ms came 0.6 ms early.</summary>
    [Fact]
    public async Task Parts_of_a_millisecond_that_the_work_took_do_not_show()
    {
        var clock = new FakeTimeProvider();
        var worked = new TaskCompletionSource();
        var answered = new EvenPace(clock).RunAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(2.4));
            worked.SetResult();
            return Task.CompletedTask;
        }, CancellationToken.None);
        await worked.Task;
        await Task.Delay(200);
        clock.Advance(TimeSpan.FromMilliseconds(97.3));
        await Task.Delay(200);
        Assert.False(answered.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(0.3));
        await answered.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class CountingClock : FakeTimeProvider
    {
        private int timers;

        /// <summary>How many timers were set.</summary>
        public int Timers => Volatile.Read(ref timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref timers);
            return timer;
        }
    }
}
