namespace Digest.Worker.Matching.Language;

/// <summary>Lines that only say what is not wanted: <c>-survey</c>, <c>not "lattice QCD"</c>, <c>-a -b</c>.</summary>
internal static class Exclusion
{
    /// <summary>What such a line keeps out; null for a line that looks for something.</summary>
    public static Query? Of(Query query) => query switch
    {
        Query.Not not => not.Of,
        Query.All all when all.Of.All(part => part is Query.Not) => new Query.Any([.. all.Of.Cast<Query.Not>().Select(not => not.Of)]),
        _ => null,
    };
}
