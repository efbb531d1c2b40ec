using Digest.Worker.Delivery;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>
/// Somebody we do not know asks to subscribe: they are taken in as pending and asked once, by a letter that holds none of their words.
/// Limits keep strangers from having others flooded: one letter a day and address by its key, and so many an hour in all.
/// </summary>
internal sealed class SubscribeByMail(Subscriptions subscriptions, SubscriberStore subscribers, InboundStore inbound, Letters letters, SenderOptions sender, MailboxOptions options)
{
    private const string Asked = "asked to confirm";
    private const int MostInterests = 50;

    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.Mail.From is not { } from || Wish(context) is not { } interests || !EmailAddress.TryFold(from, out var key, out _))
            return new MailEffect("left: nobody we know");
        if (IsOurs(from))
            return new MailEffect("left: our own address");
        if (await inbound.AnswersSinceAsync(context.Transaction, context.Now.AddHours(-1)) >= options.AnswersPerHour)
            return new MailEffect("left: too many at once");
        if (await subscribers.FindByKeyAsync(context.Transaction, key) is { } known)
            return await AgainAsync(context, known);
        var language = context.Explanation.Commands.Select(command => command.Language).FirstOrDefault(tag => tag is not null);
        var draft = new SubscriberDraft { Email = from, Interests = string.Join('\n', interests), Language = language };
        var outcome = await subscriptions.AddAsync(context.Transaction, draft, "mail", MailKind.Confirmation);
        return outcome.Done ? new MailEffect(Asked, Answered: true) : new MailEffect("left: may not be written to");
    }

    private bool IsOurs(string address) =>
        address.Equals(sender.From, StringComparison.OrdinalIgnoreCase) || address.Equals(sender.ReplyMailbox, StringComparison.OrdinalIgnoreCase) || ReaderAddress.TryRead(address, out _, out _);

    /// <summary>Asked for again before it was confirmed: one more letter, but not on the same day.</summary>
    private async Task<MailEffect> AgainAsync(MailContext context, Subscriber known)
    {
        if (known.State != SubscriberState.Pending)
            return new MailEffect("left: known already");
        var written = await letters.WriteAsync(context.Transaction, MailKind.Confirmation, known, $"{context.Now.UtcDateTime:yyyy-MM-dd}", context.Now);
        return new MailEffect(written ? Asked : "left: asked today already", written);
    }

    /// <summary>The interests that a wish to subscribe names; null where it is no such wish.</summary>
    private static IReadOnlyList<string>? Wish(MailContext context)
    {
        var named = context.Explanation.Commands.Where(command => command.Verb == CommandVerb.Subscribe).ToList();
        if (named.Count > 0)
            return [.. named.Select(command => command.Argument).OfType<string>().SelectMany(Interests).Take(MostInterests)];
        // "subscribe" as the subject, and the interests in the body, one a line.
        if (SubjectLine.Own(context.Mail.Subject) is not { } subject || CommandGrammar.Find(subject) is not { Verb: CommandVerb.Subscribe } command)
            return null;
        var body = Understanding.Replies.ReplyBody.Read(context.Mail).OwnWords;
        return [.. new[] { command.Argument ?? "" }.Concat(body.Split('\n')).SelectMany(Interests).Where(line => !CommandGrammar.IsCourtesy(line)).Take(MostInterests)];
    }

    private static IEnumerable<string> Interests(string line) => line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(interest => interest.Length <= 200);
}
