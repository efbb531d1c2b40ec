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
        var app = DigestHost.Build(TimeProvider.System, settings, adjust: builder =>
        {
            builder.Logging.ClearProviders();
            foreach (var other in builder.Services.Where(service => service.ServiceType == typeof(IMailContent)).ToArray())
                builder.Services.Remove(other);
            builder.Services.AddSingleton<IMailContent, BenchIssues>();
        });
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

    private async Task FillAsync(int mails)
    {
        await Get<Database>().WriteAsync(async transaction =>
        {
            for (long i = 1; i <= mails; i++)
            {
                var email = $"reader{i}@readers{i % 40}.example.net";
                await transaction.ExecuteAsync(
                    """
                    insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
                    values (@i, @email, @email, 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z')
                    """, new { i, email });
                await Get<OutboxStore>().AddAsync(transaction, new OutboxMail { Key = $"issue/{i}/1", Kind = MailKind.Issue, SubscriberId = i, IssueId = i, Recipient = email, CreatedAt = Now });
            }
        }, CancellationToken.None);
        var mail = new ClaimedMail { Id = 1, Key = "issue/1/1", Kind = MailKind.Issue, SubscriberId = 1, IssueId = 1, Recipient = "reader1@readers1.example.net", Payload = "{}", CreatedAt = Now };
        var content = await Get<MailComposition>().RenderAsync(mail, CancellationToken.None);
        Octets = Get<MessageBuilder>().Build(mail, content!, eightBit: true).Size;
    }
}
