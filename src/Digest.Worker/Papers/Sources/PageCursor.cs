using System.Text.Json;
using System.Text.Json.Serialization;
using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Papers.Sources;

/// <summary>
/// How far a question of many pages has come: it is stored after every page, so memory holds one page and a break costs one. When all pages
/// are read, the cursor is the plain day of <see cref="DayCursor"/>.
/// </summary>
/// <param name="From">The first day asked for, <c>yyyy-MM-dd</c>.</param>
/// <param name="To">The day up to which is asked; the next round starts there.</param>
/// <param name="Page">How many pages are read already.</param>
/// <param name="Token">The provider's own name for the next page, where it gives names.</param>
internal sealed record PageCursor(string From, string To, int Page, string? Token)
{
    /// <summary>The question that is under way, or a new one: <paramref name="overlap"/> days back, because providers add entries late.</summary>
    public static PageCursor Open(string? cursor, DateOnly today, int overlap)
    {
        try
        {
            // A round that was left lying for days would ask for pages that have moved: it begins again at its own first day.
            if (cursor?.StartsWith('{') == true && JsonSerializer.Deserialize<PageCursor>(cursor) is { } open)
                return open.To == DayCursor.Text(today) ? open : new PageCursor(DayCursor.Text(DayCursor.From(open.From, today, 0)), DayCursor.Text(today), 0, null);
        }
        catch (JsonException)
        {
            // Written by another version: the round begins anew.
        }
        return new PageCursor(DayCursor.Text(DayCursor.From(cursor, today, overlap)), DayCursor.Text(today), 0, null);
    }

    [JsonIgnore]
    public DateOnly First => DayCursor.Parse(From) ?? throw new InvalidOperationException($"{From} is not a day");

    [JsonIgnore]
    public DateOnly Last => DayCursor.Parse(To) ?? throw new InvalidOperationException($"{To} is not a day");

    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>What this page brought, and where to go on. One that broke off is asked for again next time.</summary>
    /// <param name="entries">What is wanted of its entries.</param>
    /// <param name="more">There are further pages.</param>
    /// <param name="most">The most pages of one round; what lies beyond is given up.</param>
    /// <param name="token">The provider's name for the next page.</param>
    public Fetched Bring(Reading reading, IReadOnlyList<PaperEntry> entries, bool more, int most, string? token = null)
    {
        if (reading.CutOff)
            return new Fetched(entries, reading.SetAside, null) { Complete = false };
        var goesOn = more && Page + 1 < most;
        return new Fetched(entries, reading.SetAside, goesOn ? (this with { Page = Page + 1, Token = token }).ToText() : To, goesOn) { Complete = goesOn || !more };
    }
}
