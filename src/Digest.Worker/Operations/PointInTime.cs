using System.CommandLine.Parsing;
using System.Globalization;

namespace Digest.Worker.Operations;

/// <summary>Reads a time of the command line. A time without a zone is UTC: the machine's own zone must not change a rehearsal.</summary>
internal static class PointInTime
{
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        result.AddError($"'{text}' is not a time: write ISO 8601 such as 2026-01-26T07:00:00Z.");
        return null;
    }
}
