namespace Digest.Worker.Outbox;

internal static class OutboxSetup
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxStore>()
        .AddSingleton<ClaimStore>()
        .AddSingleton<OutboxReportStore>()
        .AddSingleton<SendingStore>()
        .AddSingleton<BudgetStore>()
        .AddSingleton<PauseStore>()
        .AddSingleton<ReplayStore>()
        .AddSingleton<MarkStore>()
        .AddSingleton<ReturnedStore>()
        .AddSingleton<SentLedger>()
        .AddSingleton<OutboxJournal>()
        .AddSingleton<WorkerPresence>();
}
