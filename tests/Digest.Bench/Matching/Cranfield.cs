using System.Text.RegularExpressions;
using Digest.Worker.Papers;

namespace Digest.Bench.Matching;

/// <summary>1,400 abstracts of aerodynamics with judged queries.</summary>
internal static partial class Cranfield
{
    public static List<Paper> Papers()
    {
        var xml = File.ReadAllText(SharedData.Path("judgements/cranfield_cran.all.1400.xml"));
        return [.. Document().Matches(xml).Select(doc => new Paper
        {
            Id = long.Parse(doc.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture),
            WorkKey = "cranfield:" + doc.Groups[1].Value,
            Title = Clean(doc.Groups[2].Value),
            Abstract = Clean(doc.Groups[3].Value),
        })];
    }

    /// <summary>The judgements number the queries by their order in the file.</summary>
    public static List<(string Text, Dictionary<string, int> Gains)> Queries()
    {
        var gains = File.ReadLines(SharedData.Path("judgements/cranfield_cranqrel.trec.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToLookup(parts => int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
        var xml = File.ReadAllText(SharedData.Path("judgements/cranfield_cran.qry.xml"));
        return [.. Query().Matches(xml)
            .Select((query, i) => (Clean(query.Groups[1].Value), gains[i + 1].ToDictionary(
                parts => parts[2], parts => Math.Max(0, int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture)))))
            .Where(query => query.Item2.Count > 0)];
    }

    private static string Clean(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<docno>(\\d+)</docno>\\s*<title>(.*?)</title>.*?<text>(.*?)</text>", RegexOptions.Singleline)]
    private static partial Regex Document();

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex Query();
}
