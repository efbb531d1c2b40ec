namespace Digest.Worker.Web.Search;

internal static class SearchSetup
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<WordLists>()
        .AddSingleton<WordReading>()
        .AddHostedService(provider => provider.GetRequiredService<WordReading>())
        .AddSingleton<ReadPapers>()
        .AddSingleton<ReadAhead>()
        .AddHostedService(provider => provider.GetRequiredService<ReadAhead>())
        .AddSingleton<PaperSearch>()
        .AddSingleton<Spelling>()
        .AddSingleton<SearchDoor>();
}
