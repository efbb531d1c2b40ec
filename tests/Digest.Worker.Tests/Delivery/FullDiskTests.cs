using System.Collections.Concurrent;
using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Digest.Worker.Tests.Delivery;

/// <summary>The disk of the database is full while mails are sent: without a mark nothing is sent, and with room again all goes on.</summary>
/// <remarks>The small disk holds SQLite's file; PostgreSQL's disk is the server's own.</remarks>
[Trait("Engine", "sqlite")]
public sealed class FullDiskTests
{
    private const int Mails = 200;

    [FactWith<SmallDisk>]
    public async Task A_disk_that_fills_up_while_mails_are_sent_stops_them_and_nothing_is_lost_or_doubled()
    {
        using var disk = SmallDisk.Mount(8);
        var unmarked = new ConcurrentQueue<string>();
        await using var server = new LoopbackSmtp();
        var complaints = new Complaints();
        await using (var installation = await Installation.CreateAsync(settings: server.Settings(4), folder: disk.Folder, adjust: builder => builder.Logging.AddProvider(complaints)))
        {
            await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, Mails).Select(i => $"reader{i}"));
            // Opened while there is room.
            await using var reading = await installation.Database.OpenAsync(CancellationToken.None);
            var (one, filled) = (new SemaphoreSlim(1, 1), false);
            server.Script.BeforeFinalAnswer = async mail =>
            {
                await one.WaitAsync();
                try
                {
                    var state = await reading.QuerySingleAsync<string>("select state from outbox_now where recipient = @recipient", new { recipient = mail.Recipient });
                    if (state != "in_doubt")
                        unmarked.Enqueue($"{mail.Recipient} was {state}");
                    // Several may be taken between two looks.
                    if (!filled && server.Mails.Count >= 20)
                    {
                        filled = true;
                        disk.Fill();
                    }
                }
                finally
                {
                    one.Release();
                }
            };
            var running = installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            await complaints.First.Task.WaitAsync(TimeSpan.FromMinutes(5));
            disk.Empty();
            // Whichever needed room first: the next mark or result, or the next claim.
            Assert.Matches("^the outbox cannot be (read or )?written: ", (await running).Stopped);
            Assert.InRange(server.Mails.Count, 20, Mails - 1);

            // What had no mark was not sent, and its lease gives it back.
            for (var run = 0; run < 3 && await Outboxes.StatesAsync(installation) is not ["sent"]; run++)
            {
                await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update claim set until = '2000-01-01T00:00:00.000Z' where marked_at is null", transaction: transaction), CancellationToken.None);
                await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            }
            Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        }
        Assert.Empty(unmarked);
        Assert.Equal(Mails, server.Mails.Count);
        Assert.Equal(Mails, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
    }

    /// <summary>Hears the first word about an outbox that cannot be written.</summary>
    private sealed class Complaints : ILoggerProvider, ILogger
    {
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "OutboxUnwritable")
                First.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
