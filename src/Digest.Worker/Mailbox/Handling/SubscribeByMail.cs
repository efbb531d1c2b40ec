using Digest.Worker.Delivery;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>
/// Somebody asks to subscribe who is unknown, has not confirmed yet or has left: they are taken in as pending and asked once, by a letter
/// that holds none of their words. Limits keep strangers from having others flooded: one letter a day and address, and so many an hour in all.
/// </summary>
internal sealed class SubscribeByMail(SignUps signUps, InboundStore inbound, SenderOptions sender, MailboxOptions options)
{
    private const string Asked = "asked to confirm";
    private const int MostInterests = 50;

    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.Mail.From is not { } from || Wish(context) is not { } interests || !EmailAddress.TryFold(from, out _, out _))
            return new MailEffect("left: nobody we know");
        if (IsOurs(from))
            return new MailEffect("left: our own address");
        if (await inbound.AnswersSinceAsync(context.Transaction, context.Now.AddHours(-1)) >= options.AnswersPerHour)
            return new MailEffect("left: too many at once");
        var language = context.Explanation.Commands.Select(command => command.Language).FirstOrDefault(tag => tag is not null);
        var draft = new SubscriberDraft { Email = from, Interests = interests.Count > 0 ? string.Join('\n', interests) : null, Language = language };
        return await signUps.AskAsync(context.Transaction, draft, "mail") ? new MailEffect(Asked, Answered: true) : new MailEffect("left: asked already, or may not be written to");
    }

    private bool IsOurs(string address) =>
        address.Equals(sender.From, StringComparison.OrdinalIgnoreCase) || address.Equals(sender.ReplyMailbox, StringComparison.OrdinalIgnoreCase) || ReaderAddress.TryRead(address, out _, out _);

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
