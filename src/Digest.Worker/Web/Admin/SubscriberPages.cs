using System.Globalization;
using Digest.Templates.Site.Admin;
using Digest.Worker.Delivery;
using Digest.Worker.Matching;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Retention.Story;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Admin;

/// <summary>The readers: look for them, one reader's whole story, and what their next issue would be.</summary>
internal sealed class SubscriberPages(SubscriberStore store, SubscriberStory stories, BatchReading batches, Preview preview, TimeProvider time) : IAdminPages
{
    private const string Here = AdminDoors.Root + "/subscribers";
    private const int PageSize = 100;
    private const int Days = 30;
    private const int MostEvents = 200;
    private const int LongestText = 254;

    private static readonly string[] States = [.. Enum.GetNames<SubscriberState>().Select(name => name.ToLowerInvariant())];

    public IEnumerable<AdminRoute> Pages =>
    [
        new("/subscribers", async (_, stopping) => await ListAsync("", null, 0, stopping)),
        new("/subscribers", SearchAsync, Posts: true),
        new("/subscribers/{id:long}", (http, stopping) => OneAsync(http, StoryAsync, stopping)),
        new("/subscribers/{id:long}/preview", (http, stopping) => OneAsync(http, PreviewAsync, stopping)),
        new("/subscribers/{id:long}/mail", (http, stopping) => OneAsync(http, async (reader, token) => (object)(await preview.ShownAsync(reader, time.GetUtcNow(), token)).Content.Html, stopping)),
    ];

    private async Task<object?> SearchAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType)
            return null;
        var sent = await http.Request.ReadFormAsync(cancellationToken);
        var text = sent["text"].ToString();
        var cursor = long.TryParse(sent["cursor"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        return await ListAsync(text.Length > LongestText ? text[..LongestText] : text, States.Contains(sent["state"].ToString()) ? sent["state"].ToString() : null, cursor, cancellationToken);
    }

    private async Task<AdminPage> ListAsync(string text, string? state, long cursor, CancellationToken cancellationToken)
    {
        var found = await store.SearchAsync(text.Trim().Length == 0 ? null : text, state, cursor, PageSize + 1, cancellationToken);
        var shown = found.Take(PageSize).ToList();
        return new AdminPage("Subscribers", AdminPlace.Subscribers,
        [
            new AdminSearch(Here, text, state, States),
            new AdminTable("Subscribers", ["address", "name", "state", "cadence", "hour", "interests", "next issue"],
                [.. shown.Select(IReadOnlyList<AdminCell> (reader) =>
                [
                    new AdminCell(reader.Email, $"{Here}/{reader.Id}"), reader.Name ?? "", StateOf(reader), reader.Cadence.ToString(), $"{reader.Hour}:00 {reader.Timezone}",
                    reader.Interests.Count == 0 ? "trending" : reader.Interests.Count.ToString(CultureInfo.InvariantCulture), AdminReading.Moment(reader.NextDueAt),
                ])], "Nobody is found."),
            .. found.Count > PageSize ? [new AdminMore(Here, text, state, shown[^1].Id.ToString(CultureInfo.InvariantCulture))] : Array.Empty<AdminBlock>(),
        ]);
    }

    private async Task<object?> OneAsync(HttpContext http, Func<Subscriber, CancellationToken, Task<object>> read, CancellationToken cancellationToken) =>
        long.TryParse(http.Request.RouteValues["id"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await store.FindAsync(id, cancellationToken) is { } reader ? await read(reader, cancellationToken) : null;

    private async Task<object> StoryAsync(Subscriber reader, CancellationToken cancellationToken)
    {
        var story = await stories.TellAsync(reader, Days, (await batches.VerdictAsync(cancellationToken)).Waits, cancellationToken);
        var problems = Profile.Parse(reader.Profile).Problems;
        return new AdminPage(reader.Email, AdminPlace.Subscribers,
        [
            .. story.Suppression is { } reason ? [new AdminNote($"The address is suppressed ({reason}) and is not written to.", Bad: true)] : Array.Empty<AdminNote>(),
            new AdminFacts(
            [
                new("State", StateOf(reader)), new("Name", reader.Name ?? "-"), new("Cadence", $"{reader.Cadence}, {reader.Hour}:00 {reader.Timezone}"), new("Next issue", AdminReading.Moment(reader.NextDueAt)),
                new("Papers at most", reader.Cap.ToString(CultureInfo.InvariantCulture)), new("Mail on empty days", reader.NothingToday ? "yes" : "no"), new("Language", reader.Language),
                new("Came", AdminReading.Moment(reader.CreatedAt)), new("Consent", $"{AdminReading.Moment(reader.ConsentAt)} {reader.ConsentSource}"),
            ]),
            new AdminLinks([new AdminCell("The issue that would come now", $"{Here}/{reader.Id}/preview")]),
            new AdminHeading("Interests"),
            .. reader.Interests.Count > 0 ? [new AdminText(reader.Profile)] : new AdminBlock[] { new AdminNote("None: gets what is trending.", Bad: false) },
            .. problems.Select(problem => new AdminNote(problem.ToString()!, Bad: false)),
            new AdminHeading("Day by day", $"What came on each day, or why nothing did; days and hours in {reader.Timezone}."),
            new AdminTable("Whether a mail came on each day", ["day", "what came"], [.. story.Spans().Select(IReadOnlyList<AdminCell> (span) => [span.From == span.To ? AdminReading.Day(span.To) : $"{AdminReading.Day(span.From)} to {AdminReading.Day(span.To)}", span.Verdict])], ""),
            new AdminHeading("Everything that happened", "Newest first, in UTC."),
            new AdminTable("Events", ["when", "what", "detail"], [.. story.Events.Take(MostEvents).Select(IReadOnlyList<AdminCell> (one) => [AdminReading.Moment(one.At), one.What, one.Detail])], "Nothing."),
        ]);
    }

    private async Task<object> PreviewAsync(Subscriber reader, CancellationToken cancellationToken)
    {
        var (issue, content) = await preview.ShownAsync(reader, time.GetUtcNow(), cancellationToken);
        return new AdminPage("The issue that would come now", AdminPlace.Subscribers,
        [
            new AdminFacts([new("To", reader.Email), new("Subject", content.Subject), new("Papers", issue.Choices.Count.ToString(CultureInfo.InvariantCulture))]),
            new AdminLinks([new AdminCell("Back to the reader", $"{Here}/{reader.Id}")]),
            new AdminInset($"{Here}/{reader.Id}/mail", "The mail"),
            new AdminHeading("As text"),
            new AdminText(content.Text),
        ]);
    }

    private static string StateOf(Subscriber reader) =>
        $"{reader.State.ToString().ToLowerInvariant()}{(reader is { State: SubscriberState.Paused, PausedUntil: { } until } ? $" until {AdminReading.Moment(until)}" : "")}";
}
