using Digest.Worker;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Delivery;

/// <summary>A service with a database of its own and a full outbox of issues.</summary>
internal sealed class BenchInstallation : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 26, 7, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly string folder;

    private BenchInstallation(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    /// <summary>Octets of one mail.</summary>
    public long Octets { get; private set; }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<BenchInstallation> CreateAsync(Dictionary<string, string?> settings, int mails)
    {
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        settings["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}";
        settings["Storage:DataFolder"] = folder;
        settings["Sender:From"] = "digest@lists.example.org";
        var app = DigestHost.Build(TimeProvider.System, settings, adjust: builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        var place = new BenchInstallation(app, folder);
        await place.FillAsync(mails);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One of the mails, not claimed.</summary>
    public static ClaimedMail Mail(int reader) => new()
    {
        Id = reader,
        Key = $"issue/{reader}/1",
        Kind = MailKind.Issue,
        SubscriberId = reader,
        IssueId = reader,
        Recipient = BenchIssues.Email(reader),
        Payload = "{}",
        CreatedAt = Now,
    };

    private async Task FillAsync(int mails)
    {
        await BenchIssues.FillAsync(Get<Database>(), mails, Now);
        var content = await Get<MailComposition>().RenderAsync(Mail(1), CancellationToken.None);
        Octets = Get<MessageBuilder>().Build(Mail(1), content!, eightBit: true).Size;
    }
}
