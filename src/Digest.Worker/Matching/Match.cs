using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>A stretch of a paper's readable text that an interest hit.</summary>
/// <param name="Field"><c>title</c>, <c>abstract</c>, <c>author</c> or <c>category</c>.</param>
/// <param name="Start">UTF-16 offset into that field's text; for author and category: the position in the list.</param>
/// <param name="Length">UTF-16 length; for author and category: 1.</param>
internal sealed record Hit(string Field, int Start, int Length);

/// <summary>Why a paper is there.</summary>
/// <param name="Interest">The best interest, as the reader wrote it (or its name); empty for trending.</param>
/// <param name="Field">The best field that it hit.</param>
/// <param name="Hits">All hits of that interest, in reading order.</param>
/// <param name="Parts">The arithmetic: each named part of the score; they sum up to the score.</param>
internal sealed record Reason(string Interest, string Field, IReadOnlyList<Hit> Hits, IReadOnlyDictionary<string, double> Parts);

/// <summary>A paper that fits a profile.</summary>
internal sealed record Match(Paper Paper, double Score, Reason Reason);
