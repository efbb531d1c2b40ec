using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Bounces;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>Finds whom a mail is about: by token, else by our Message-ID, else in the returned original, and only then by From.</summary>
internal sealed class CorrespondentFinder(ReaderToken tokens, ReturnedStore outbox, SubscriberStore subscribers, MailboxOptions options)
{
    private static readonly string[] RecipientHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To", "To", "Cc"];

    public async Task<Correspondent?> FindAsync(InboundMail mail, Explanation explanation, CancellationToken cancellationToken)
    {
        var answered = await AnsweredAsync(MessageIds(mail, "In-Reply-To", "References"), cancellationToken);
        if (ByToken(RecipientHeaders.SelectMany(mail.Addresses)) is { } named)
            return answered is { } sent && sent.Mail.SubscriberId == named.SubscriberId
                ? named with { MessageId = sent.Id, AnswersLetter = sent.Mail.Kind != "issue" }
                : named;
        if (answered is { Mail.SubscriberId: { } subscriber } known)
            return new Correspondent(subscriber, known.Mail.IssueId ?? 0, Proof.OurMessageId, known.Id, known.Mail.Kind != "issue");
        if (explanation.Kind is InboundKind.Bounce or InboundKind.Complaint && await InReturnedAsync(mail, cancellationToken) is { } returned)
            return returned;
        return await ByFromAsync(mail, cancellationToken);
    }

    private Correspondent? ByToken(IEnumerable<string> addresses)
    {
        Correspondent? returned = null;
        foreach (var address in addresses)
        {
            if (!ReaderAddress.TryRead(address, out var purpose, out var token) || !tokens.TryRead(token, purpose, out var subject))
                continue;
            if (purpose == TokenPurpose.Reply)
                return new Correspondent(subject.SubscriberId, subject.IssueId, Proof.ReplyToken, null, subject.IssueId == 0);
            if (purpose == TokenPurpose.Bounce)
                returned ??= new Correspondent(subject.SubscriberId, subject.IssueId, Proof.BounceToken, null, false);
        }
        return returned;
    }

    private async Task<(string Id, SentMail Mail)?> AnsweredAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids.Take(20))
            if (await outbox.FindAsync(id, cancellationToken) is { } sent)
                return (id, sent);
        return null;
    }

    /// <summary>A provider may hide the reader's address, but it gives back our own headers.</summary>
    private async Task<Correspondent?> InReturnedAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        if (await AnsweredAsync(ReturnedMail.Header(mail, "Message-ID").Select(Bare), cancellationToken) is { Mail.SubscriberId: { } subscriber } sent)
            return new Correspondent(subscriber, sent.Mail.IssueId ?? 0, Proof.Returned, sent.Id, false);
        var doors = new[] { "Return-Path", "Reply-To", "List-Unsubscribe" }.SelectMany(name => ReturnedMail.Header(mail, name)).SelectMany(AddressText.FindAll);
        return ByToken(doors) is { } named ? named with { Proof = Proof.Returned } : null;
    }

    private async Task<Correspondent?> ByFromAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        if (mail.From is not { } from || await subscribers.FindByAddressAsync(from, cancellationToken) is not { } subscriber)
            return null;
        var proof = AuthenticationResults.Pass(mail, options.AuthenticationServer, from) ? Proof.Authenticated : Proof.Claimed;
        return new Correspondent(subscriber.Id, 0, proof, null, false);
    }

    private static IEnumerable<string> MessageIds(InboundMail mail, params string[] headers) =>
        headers.SelectMany(mail.All).SelectMany(value => value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).Select(Bare).Distinct();

    private static string Bare(string id) => id.Trim().Trim('<', '>');
}
