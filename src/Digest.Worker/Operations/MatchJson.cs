using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Operations;

/// <summary>Matches as JSON lines.</summary>
internal static class MatchJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(Match match) => JsonSerializer.Serialize(Hit(match), Options);

    /// <summary>One paper, whether it fits or not: <c>fits</c>, the hit if it does, and every interest that does not.</summary>
    public static string Why(Paper paper, Match? match, IReadOnlyList<NearMiss> misses) => JsonSerializer.Serialize(
        new
        {
            paper = paper.ShortId,
            fits = match is not null,
            hit = match is null ? null : Hit(match),
            misses = misses.Select(miss => new { interest = miss.Interest, why = miss.Why, missing = miss.Missing }),
        },
        Options);

    private static object Hit(Match match) => new
    {
        paper = match.Paper.ShortId,
        score = match.Score,
        interest = match.Reason.Interest,
        field = match.Reason.Field,
        hits = match.Reason.Hits.Select(hit => new { field = hit.Field, start = hit.Start, length = hit.Length }),
        parts = match.Reason.Parts,
    };
}
