using System.Net;
using Digest.Worker.Papers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Web;

/// <summary>A whole service with its HTTP doors open on loopback, asked as a browser asks.</summary>
internal sealed class SiteRoom : IAsyncDisposable
{
    /// <summary>A Tuesday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 1, 27, 9, 0, 0, TimeSpan.Zero);

    private SiteRoom(Installation installation, FakeTimeProvider clock, Uri address) =>
        (Installation, Clock, Browser) = (installation, clock, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address });

    public Installation Installation { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Browser { get; }

    public static async Task<SiteRoom> OpenAsync(params (string Key, string? Value)[] settings)
    {
        var clock = new FakeTimeProvider(Now);
        var address = $"http://127.0.0.1:{Ports.Free()}";
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        all["Web:Urls"] = address;
        all["Web:PublicUrl"] = address;
        var installation = await Installation.CreateAsync(clock, all);
        await installation.ServeAsync();
        return new SiteRoom(installation, clock, new Uri(address));
    }

    public async Task<string> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Browser.GetAsync(path);
        Assert.True(expected == answer.StatusCode, $"{path}: {(int)answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Posts, and lets the clock go on meanwhile: some doors answer at even steps of time.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content = null) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });

    /// <summary>As <see cref="PostAsync"/>.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var answer = Browser.SendAsync(request);
        while (await Task.WhenAny(answer, Task.Delay(10)) != answer)
            Clock.Advance(TimeSpan.FromMilliseconds(10));
        return await answer;
    }

    public Task ArriveAsync(params PaperEntry[] entries) =>
        Installation.Get<PaperStore>().AddAsync("test", new Fetched(entries, [], null), Clock.GetUtcNow(), CancellationToken.None);

    /// <summary>A paper announced on the day before <see cref="Now"/>, where nothing else is said.</summary>
    public static PaperEntry Paper(string id, string title, string day = "2026-01-26", int? votes = null, string? text = null, params string[] categories) => new()
    {
        Id = id,
        Title = title,
        Abstract = text ?? $"We study {title}.",
        Authors = ["Ada Lovelace", "Emmy Noether"],
        Categories = categories.Length > 0 ? categories : ["cs.LG"],
        Announced = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        Upvotes = votes,
        Url = $"https://arxiv.org/abs/{id}",
        Pdf = $"https://arxiv.org/pdf/{id}",
    };

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Installation.DisposeAsync();
    }
}
