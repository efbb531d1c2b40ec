using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Delivery;

/// <summary>Makes the mail of an issue that is not in the outbox and never will be: to look at, not to send.</summary>
internal sealed class Preview(Composer composer, IssueRendering rendering, IssueExtras extras, MessageBuilder builder, ReaderDoors doors, SenderOptions sender)
{
    /// <summary>The issue that a subscriber would get now. Sends nothing, changes nothing.</summary>
    public async Task<(Issue Issue, RenderedMail Content, OutgoingMail Mail)> NowAsync(Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var issue = await composer.NowAsync(subscriber, now, cancellationToken);
        var (content, mail) = Of(issue);
        return (issue, content, mail);
    }

    /// <summary>The same for others to look at: its links lead nowhere, so that nobody can act for the reader with them.</summary>
    public async Task<(Issue Issue, RenderedMail Content)> ShownAsync(Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var issue = await composer.NowAsync(subscriber, now, cancellationToken);
        return (issue, extras.Add(issue, rendering.Render(issue, sender.Name, doors.DeadFooter(subscriber.Email))));
    }

    public (RenderedMail Content, OutgoingMail Mail) Of(Issue issue)
    {
        var mail = new ClaimedMail
        {
            Key = $"preview/{issue.SubscriberId}/{issue.ComposedAt.ToUnixTimeSeconds()}",
            Kind = MailKind.Issue,
            SubscriberId = issue.SubscriberId,
            Recipient = issue.Reader.Email,
            Payload = "{}",
            CreatedAt = issue.ComposedAt,
        };
        var content = extras.Add(issue, rendering.Render(issue, sender.Name, doors.Footer(mail)));
        return (content, builder.Build(mail, content, eightBit: true));
    }
}
