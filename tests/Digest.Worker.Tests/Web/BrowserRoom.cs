using System.Text.RegularExpressions;
using Digest.Worker.Access;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>A service with papers and readers who have got an issue, and a browser that looks at it, once for each test, in the shapes that it is given.</summary>
internal sealed class BrowserRoom : IAsyncDisposable
{
    private readonly List<string> faults = [];
    private readonly HashSet<string> asked = [];
    private Shape shape = Shape.All[0];

    private BrowserRoom(RunningService service, SteppedClock clock, BrowserPage page) => (Service, Clock, Page) = (service, clock, page);

    public RunningService Service { get; }

    public SteppedClock Clock { get; }

    public BrowserPage Page { get; }

    public static async Task<BrowserRoom> OpenAsync(params PaperEntry[] more)
    {
        var clock = new SteppedClock(SiteRoom.Now);
        var service = await RunningService.StartAsync(clock, settings: [("Web:PublicUrl", RunningService.Here), ("Delivery:Transport", "pickup")]);
        await service.Get<PaperStore>().AddAsync("test", new Fetched(
        [
            SiteRoom.Paper("2601.00001", "Graph networks for molecules", votes: 12), SiteRoom.Paper("2601.00002", "Graph networks again", text: string.Join(' ', Enumerable.Repeat("We study graph networks.", 60))),
            SiteRoom.Paper("2601.00003", "Averyveryverylongtitlethathasnoplacewhereitcouldbreakintotwolinesonatelephone and more", votes: 1) with { Authors = [.. Enumerable.Range(0, 60).Select(i => $"Author Number{i}")] },
            .. more,
        ], [], null), clock.GetUtcNow(), CancellationToken.None);
        for (var i = 0; i < Shape.Two.Length; i++)
            await service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = Reader(i), Name = "Ada", Interests = "graph networks\nmolecules" }, "test", null, CancellationToken.None);
        clock.Now += TimeSpan.FromDays(1);
        await service.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        return new BrowserRoom(service, clock, await BrowserPage.OpenAsync(service.Doors.BaseAddress!));
    }

    /// <summary>The address of a reader: there is one for each shape of <see cref="Shape.Two"/>.</summary>
    public static string Reader(int number) => $"ada{number}@example.net";

    public Uri Site(string path) => new(Service.Doors.BaseAddress!, path);

    public Uri Operators(string path) => new(Service.Operator.BaseAddress!, path);

    public async Task<Subscriber?> FindAsync(string address) => await Service.Get<SubscriberStore>().FindByAddressAsync(address, CancellationToken.None);

    /// <summary>The path of a reader's own page.</summary>
    public async Task<string> OwnAsync(string address) => "/my/" + Service.Get<OwnLinks>().Write(TokenPurpose.Own, (await FindAsync(address))!.Id, address);

    public async Task ShapeAsync(Shape wanted)
    {
        shape = wanted;
        await Page.ShapeAsync(wanted.Width, wanted.Dark, wanted.Scripts);
    }

    /// <summary>Opens a page and looks at it.</summary>
    public async Task VisitAsync(Uri address)
    {
        await Page.VisitAsync(address);
        await LookAsync();
    }

    /// <summary>Presses something and looks at the page that comes of it.</summary>
    public async Task PressAsync(string selector)
    {
        await Page.PressAsync(selector);
        await LookAsync();
    }

    public Task<string> PathAsync() => Page.EvaluateAsync("location.pathname");

    /// <summary>What was seen to be wrong since the room was opened; each test asks at its end.</summary>
    public void AssertFaultless() => Assert.True(faults.Count == 0, string.Join("\n", faults));

    /// <summary>Sends what waits and takes the newest link of this kind out of the mails to an address.</summary>
    /// <param name="door">Such as /c/.</param>
    public async Task<Uri> MailedLinkAsync(string address, string door)
    {
        await Service.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var texts = Directory.GetFiles(Path.Combine(Service.Folder, "pickup"), "*.eml").Select(file => MimeKit.MimeMessage.Load(file))
            .Where(mail => mail.To.Mailboxes.Single().Address == address).OrderBy(mail => mail.Date).Select(mail => mail.TextBody!);
        return texts.Select(text => Regex.Match(text, $"{Site(door)}[a-z0-9]+")).Where(link => link.Success).Select(link => new Uri(link.Value)).Last();
    }

    public async Task LogInAsync()
    {
        var key = (await Service.Get<AccessKeys>().MakeAsync("browser", KeyScope.Read, CancellationToken.None)).Text;
        await VisitAsync(Operators("/admin/login"));
        await Page.FillAsync("[name=key]", key);
        await PressAsync("main form button");
        Assert.Equal("/admin", await PathAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Page.DisposeAsync();
        await Service.DisposeAsync();
    }

    private async Task LookAsync()
    {
        // What is closed is opened, and what is not laid out before it comes into the window is laid out: it must fit as well.
        await Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true); document.querySelectorAll('.paper').forEach(one => one.style.contentVisibility = 'visible'); ''");
        var place = $"{await Page.EvaluateAsync("location.pathname + location.search")} at {shape}";
        // axe has scripts of its own, and takes a while: a page that was asked about is not asked about again.
        foreach (var found in new[] { await Page.EvaluateAsync(PageFaults.Script), shape.Scripts && asked.Add(place) ? await Axe.FaultsAsync(Page) : "" })
            if (found.Length > 0)
                faults.Add($"{place}: {found}");
    }
}
