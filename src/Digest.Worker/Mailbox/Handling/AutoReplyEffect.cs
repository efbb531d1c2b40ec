using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>An out-of-office with a return date pauses the reader until then, once. No machine gets an answer.</summary>
internal sealed class AutoReplyEffect(SubscriberStore subscribers, Subscriptions subscriptions, InboundStore inbound)
{
    /// <summary>A longer absence is more likely a misread date.</summary>
    private const int MostDays = 60;

    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.About is not { Proof: Proof.ReplyToken or Proof.BounceToken or Proof.OurMessageId } about
            || await subscribers.FindAsync(context.Transaction, about.SubscriberId) is not { State: SubscriberState.Active } subscriber
            || !subscriber.Email.Equals(context.Mail.From, StringComparison.OrdinalIgnoreCase)
            || ReturnDate(context.Mail, subscriber, context.Now) is not { } back)
            return new MailEffect("auto-reply counted");
        var effect = $"paused until {back:yyyy-MM-dd}";
        if (await inbound.CountAsync(context.Transaction, subscriber.Id, effect, context.Now.AddDays(-MostDays)) > 0)
            return new MailEffect("auto-reply counted");
        var until = TimeZoneInfo.ConvertTimeToUtc(back.ToDateTime(TimeOnly.MinValue), subscriber.Zone);
        var outcome = await subscriptions.PauseAsync(context.Transaction, subscriber.Id, new DateTimeOffset(until, TimeSpan.Zero), null);
        return new MailEffect(outcome.Done ? effect : "auto-reply counted");
    }

    private static DateOnly? ReturnDate(InboundMail mail, Subscriber subscriber, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, subscriber.Zone).DateTime);
        var own = Understanding.Replies.OwnFooter.Remove(Understanding.Replies.ReplyBody.Read(mail).OwnWords);
        var date = (SpokenDates.Find(own) ?? SpokenDates.Find(mail.Subject))?.After(today);
        return date is { } back && back > today && back.DayNumber - today.DayNumber <= MostDays ? back : null;
    }
}
