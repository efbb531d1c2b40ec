using System.Globalization;
using Digest.Templates.Site;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Subscribe;

/// <summary>What and when, as it comes in a form and goes back into it.</summary>
internal static class WishForm
{
    private const int LongestForm = 200_000;

    /// <summary>The fields that were sent; null where it is no form of a size that we take, which is answered then.</summary>
    public static async Task<IFormCollection?> TakeAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not (null or > LongestForm) && http.Request.HasFormContentType)
            return await http.Request.ReadFormAsync(http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return null;
    }

    public static SubscriberDraft Read(IFormCollection sent) => new()
    {
        Interests = Interests(sent),
        Timezone = sent["zone"].ToString(),
        Cadence = sent["cadence"].ToString(),
        Hour = sent["hour"].ToString(),
        Cap = sent["cap"].ToString(),
    };

    /// <summary>As it was filled in, faults and all.</summary>
    public static WishModel Show(SubscriberDraft draft) => new()
    {
        Interests = draft.Interests ?? "",
        TimeZone = draft.Timezone ?? "UTC",
        TimeZones = ZoneGuess.All,
        Cadence = draft.Cadence ?? "weekdays",
        Hour = Number(draft.Hour, 7),
        Cap = Number(draft.Cap, 8),
    };

    /// <summary>The lines, and what was ticked of what we proposed and is no line yet.</summary>
    private static string Interests(IFormCollection sent)
    {
        var written = sent["interests"].ToString();
        var lines = written.Split('\n', StringSplitOptions.TrimEntries);
        var picked = sent["pick"].OfType<string>().Where(pick => pick.Length > 0).Except(lines, StringComparer.OrdinalIgnoreCase).ToList();
        return picked.Count == 0 ? written : string.Join('\n', [.. written.TrimEnd().Length > 0 ? [written.TrimEnd()] : Array.Empty<string>(), .. picked]);
    }

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100 ? number : otherwise;
}
