using Digest.Worker.Outbox;

namespace Digest.Worker.Tests.Outbox;

public sealed class OutboxStatesTests
{
    [Fact]
    public void Only_a_mail_in_doubt_can_become_sent_or_one_that_was_sent_before_a_restore() =>
        Assert.Equal([OutboxState.Claimed, OutboxState.InDoubt], Enum.GetValues<OutboxState>().Where(from => OutboxStates.MayFollow(from, OutboxState.Sent)));

    [Fact]
    public void What_was_withdrawn_is_never_sent_and_what_was_sent_only_when_an_operator_replays_it()
    {
        foreach (var to in Enum.GetValues<OutboxState>())
        {
            Assert.Equal(to is OutboxState.Bounced or OutboxState.Queued, OutboxStates.MayFollow(OutboxState.Sent, to));
            Assert.False(OutboxStates.MayFollow(OutboxState.Suppressed, to));
        }
    }

    [Fact]
    public void Every_state_has_a_name_of_its_own_in_the_database()
    {
        var names = Enum.GetValues<OutboxState>().Select(OutboxStates.ToText).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(Enum.GetValues<OutboxState>(), state => Assert.Equal(state, OutboxStates.Parse(OutboxStates.ToText(state))));
    }
}
