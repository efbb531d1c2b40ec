namespace Digest.Worker.Mailbox.Handling;

/// <summary>What was done with a mail.</summary>
/// <param name="Name">A few words for the record and the counters.</param>
/// <param name="Answered">A letter goes out because of it.</param>
internal sealed record MailEffect(string Name, bool Answered = false)
{
    public static readonly MailEffect Counted = new("counted");
}
