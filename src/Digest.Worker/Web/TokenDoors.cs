using Digest.Templates;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web;

/// <summary>
/// The doors behind the links in our mails: one-click unsubscribe (RFC 8058) and confirm. GET and HEAD show a page with a button and change
/// nothing, because link scanners follow every link; POST acts, without cookie or referer. A token that is forged, or of somebody who is
/// gone, gets the same pages at the same pace, and nothing happens.
/// </summary>
internal sealed class TokenDoors(ReaderToken tokens, Subscriptions subscriptions, DoorPages pages, DoorGuard guard, EvenPace pace)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder app)
    {
        Map(app, "/u/{token}", TokenPurpose.Unsubscribe, PageKind.Unsubscribe, PageKind.Unsubscribed, (id, stopping) => subscriptions.UnsubscribeAsync(id, confirm: true, stopping));
        Map(app, "/c/{token}", TokenPurpose.Confirm, PageKind.Confirm, PageKind.Confirmed, (id, stopping) => subscriptions.ConfirmAsync(id, "page", stopping));
    }

    private void Map(IEndpointRouteBuilder app, string path, TokenPurpose purpose, PageKind asks, PageKind done, Func<long, CancellationToken, Task> act)
    {
        app.MapMethods(path, Reading, (HttpContext http) => guard.Allows(http.Connection.RemoteIpAddress) ? pages.Show(http, asks) : TooMany(http));
        app.MapMethods(path, [HttpMethods.Options], (HttpContext http) =>
        {
            http.Response.Headers.Allow = "GET, HEAD, POST, OPTIONS";
            return Results.NoContent();
        });
        app.MapPost(path, async (string token, HttpContext http) =>
        {
            var known = tokens.TryRead(token, purpose, out var subject);
            if (!known && !guard.Allows(http.Connection.RemoteIpAddress))
                return TooMany(http);
            // Whoever clicked may close the page at once: what they asked for is done all the same.
            await pace.RunAsync(() => known ? act(subject.SubscriberId, CancellationToken.None) : Task.CompletedTask, CancellationToken.None);
            if (DoorProbe.Answer(tokens, token) is { } proof)
                http.Response.Headers[DoorProbe.Header] = proof;
            return pages.Show(http, done);
        });
    }

    private static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "60";
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }
}
