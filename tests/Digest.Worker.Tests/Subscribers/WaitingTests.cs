using System.Buffers;
using System.Text;
using System.Text.Json;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class WaitingTests
{
    private const string Early = "2026-03-02T00:00:00.000Z";
    private const string Late = "2026-03-05T00:00:00.000Z";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Middle = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_expired_does_not_wait_and_the_rest_is_known_with_its_moment()
    {
        var waiting = Waiting.Read($$"""{"2026-03-01T00:00:00.000Z":[1,2],"{{Early}}":[3,70],"{{Late}}":[4]}""", Now);
        Assert.Equal([3L, 70, 4], waiting.Papers);
        Assert.Equal([3L, 4, 70], Enumerable.Range(-100, 400).Select(paper => (long)paper).Where(waiting.Contains));
        Assert.Equal((Now.AddDays(1), Now.AddDays(4)), (waiting.Expires(70), waiting.Expires(4)));
        Assert.Throws<KeyNotFoundException>(() => waiting.Expires(1));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5_000_000)]
    public void However_far_apart_the_papers_are_each_is_found_and_no_other(long step)
    {
        var papers = Enumerable.Range(1, 200).Select(place => place * step).ToList();
        var waiting = Waiting.Read($$"""{"{{Early}}":[{{string.Join(',', papers)}}]}""", Now);
        Assert.All(papers, paper => Assert.True(waiting.Contains(paper)));
        Assert.All(papers, paper => Assert.False(waiting.Contains(paper + 1)));
        Assert.False(waiting.Contains(0));
        Assert.False(waiting.Contains(-step));
    }

    [Fact]
    public void A_paper_under_two_moments_has_the_second_and_one_that_waits_keeps_its_own()
    {
        var waiting = Waiting.Read($$"""{"{{Early}}":[7,8],"{{Late}}":[7]}""", Now);
        waiting.Add([8, 9, 2], Middle);
        Assert.Equal($$"""{"{{Early}}":[8],"2026-03-04T00:00:00.000Z":[2,9],"{{Late}}":[7]}""", waiting.ToString());
        Assert.True(waiting.Contains(9));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    public void After_an_issue_waits_what_is_wanted_and_what_waited_before_keeps_its_moment(int more)
    {
        var waiting = Waiting.Read($$"""{"{{Early}}":[5,6],"{{Late}}":[1]}""", Now);
        var added = Enumerable.Range(100, more).Select(paper => (long)paper).ToList();
        Assert.Equal($$"""{"{{Early}}":[6],"2026-03-04T00:00:00.000Z":[{{string.Join(',', added)}}],"{{Late}}":[1]}""", After(waiting, [6, .. added.AsEnumerable().Reverse(), 1], Middle));
    }

    [Fact]
    public void Nothing_wanted_is_nothing_stored() => Assert.Equal(Waiting.None, After(Waiting.Read($$"""{"{{Early}}":[5]}""", Now), [], Middle));

    private static string After(Waiting waiting, long[] wanted, DateTimeOffset expires)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets))
            waiting.WriteAfter(json, wanted, TypeHandlers.ToText(expires));
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }
}
