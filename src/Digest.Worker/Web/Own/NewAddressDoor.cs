using Digest.Templates.Site;
using Digest.Worker.Delivery;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Own;

/// <summary>
/// The door behind the link in the mail to a new address: GET shows a button, POST changes. Every token gets the same page; whether it was
/// good shows only when the button is pressed.
/// </summary>
internal sealed class NewAddressDoor(SitePages site, OwnPages pages, AddressChanges addresses, DoorGuard guard, EvenPace pace, SenderOptions sender)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(Url("{token}"), Reading.Methods, (string token, HttpContext http) => Allowed(http)
            ? SiteHeaders.WritePrivateAsync(http, StatusCodes.Status200OK, site.Templates.Render(pages.Frame(http, Url(token), null), new AskModel("own.address.ask", "site.own.address.use", Url(token))))
            : Task.CompletedTask);
        app.MapPost(Url("{token}"), PressAsync);
    }

    public static string Url(string token) => $"/a/{token}";

    private async Task PressAsync(string token, HttpContext http)
    {
        if (!Allowed(http))
            return;
        var changed = false;
        if (!FormProof.IsFromElsewhere(http.Request))
            await pace.RunAsync(async () => changed = await addresses.ConfirmAsync(token, Notice), CancellationToken.None);
        await pages.NoticeAsync(http, changed ? "own.address.done" : "own.gone", changed ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private IReadOnlyList<string> Notice(Subscriber before) => [site.Say(before.Language, "site.own.mail.old", sender.Name)];

    private bool Allowed(HttpContext http)
    {
        if (guard.Allows(http.Connection.RemoteIpAddress))
            return true;
        http.Response.Headers.RetryAfter = "60";
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return false;
    }
}
