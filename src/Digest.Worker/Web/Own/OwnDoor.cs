using System.Text.Json;
using Digest.Worker.Retention;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Own;

/// <summary>What a reader sees of their subscription, and all that is known of them as a file. Opening changes nothing.</summary>
internal sealed class OwnDoor(OwnPages pages, PersonStore persons)
{
    /// <summary>What a page may say was just done, by a word in its address.</summary>
    private static readonly string[] Said = ["saved", "undone", "asked"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(OwnPages.Root + "/{token}", Reading.Methods, async (string token, HttpContext http) =>
        {
            if (await pages.OpenAsync(token, http) is { } reader)
                await pages.ShowAsync(http, token, reader, StatusCodes.Status200OK, Array.Find(Said, word => word == http.Request.Query["done"]));
        });
        app.MapMethods(OwnPages.Root + "/{token}/export", Reading.Methods, ExportAsync);
    }

    private async Task ExportAsync(string token, HttpContext http)
    {
        if (await pages.OpenAsync(token, http) is not { } reader)
            return;
        SiteHeaders.Protect(http.Response);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"digest.json\"";
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync((await persons.ReadAsync(reader.Id, http.RequestAborted)).ToJsonString(Readable), http.RequestAborted);
    }
}
