using Digest.Worker.Subscribers;

namespace Digest.Worker.Web;

/// <summary>
/// The pages behind the links in our mails: one-click unsubscribe (RFC 8058) and confirm. GET shows a button and changes nothing,
/// because link scanners follow every link; POST acts, without cookie or referer. A forged token gets the same pages and does nothing.
/// </summary>
internal sealed class TokenDoors(ReaderToken tokens, Subscriptions subscriptions)
{
    public IResult ShowUnsubscribe(HttpContext http) => TokenPage.Show(http, "Unsubscribe", "You will get no more issues.", "Unsubscribe");

    public async Task<IResult> UnsubscribeAsync(string token, HttpContext http, CancellationToken cancellationToken)
    {
        if (tokens.TryRead(token, TokenPurpose.Unsubscribe, out var subject))
            await subscriptions.UnsubscribeAsync(subject.SubscriberId, confirm: true, cancellationToken);
        return TokenPage.Show(http, "You are unsubscribed", "No more issues will come. To come back, reply to any issue you still have.", null);
    }

    public IResult ShowConfirm(HttpContext http) => TokenPage.Show(http, "Confirm your subscription", "Your issues begin as soon as you confirm.", "Confirm");

    public async Task<IResult> ConfirmAsync(string token, HttpContext http, CancellationToken cancellationToken)
    {
        if (tokens.TryRead(token, TokenPurpose.Confirm, out var subject))
            await subscriptions.ConfirmAsync(subject.SubscriberId, "page", cancellationToken);
        return TokenPage.Show(http, "You are subscribed", "A welcome mail is on its way.", null);
    }
}
