using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>The tests' own hold on a browser.</summary>
public sealed class BrowserPageTests
{
    [FactWith<BrowserPage>]
    public async Task What_a_page_that_goes_away_was_asked_the_next_one_answers()
    {
        await using var room = await BrowserRoom.OpenAsync();
        // A page of another host has another process; one of the same may keep it.
        foreach (var host in new[] { "127.0.0.1", "localhost", "127.0.0.1", "127.0.0.1" })
        {
            var next = new UriBuilder(room.Site("/")) { Host = host, Query = $"{Guid.NewGuid():N}" }.Uri;
            var asked = $"location.href === '{next}' ? location.host : (location.href = '{next}', window.asked = new Promise(() => {{ }}))";
            Assert.Equal(next.Authority, await room.Page.EvaluateAsync(asked));
        }
    }
}
