using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Bench.Matching;

/// <summary>Is the order good? Against judged queries, with Lucene's BM25 on the same data.</summary>
internal static class RankingBench
{
    public static int Run()
    {
        var papers = Cranfield.Papers();
        var queries = Cranfield.Queries();
        using (var lucene = new LuceneBm25(papers))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cranfield: {papers.Count} papers, {queries.Count} judged queries"));
            Print("Lucene English BM25", [.. queries.Select(query => (lucene.Rank(query.Text, 1400), query.Gains))]);
        }

        Print("Digest", Rank(papers, queries));
        Seed();
        Silver();
        return 0;
    }

    private static void Seed()
    {
        const string query = "quadratic activation function neural network training";
        var seed = File.ReadLines(SharedData.Path("seed/papers.jsonl")).Select((line, i) => Read(line, $"seed:{i + 1}")).ToList();
        var seedTitles = seed.Select(paper => paper.Title).ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var gz = new GZipStream(File.OpenRead(SharedData.Path("hf/daily_papers.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(gz);
        var papers = seed.ToList();
        for (var i = 0; reader.ReadLine() is { } line; i++)
        {
            var paper = Read(line, $"hf:{i}");
            if (!seedTitles.Contains(paper.Title))
            {
                papers.Add(paper with { Id = papers.Count });
            }
        }

        using var lucene = new LuceneBm25(papers);
        var theirs = lucene.Rank(query, 200);
        var seedIds = seed.Select(paper => paper.ShortId).ToHashSet();
        var mine = Rank(papers, [(query, [])])[0].Ranked;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Seed: {papers.Count} papers; recall of the {seed.Count} in the top 200: Lucene {theirs.Count(seedIds.Contains) / 59.0:P1}, Digest {mine.Take(200).Count(seedIds.Contains) / 59.0:P1} ({mine.Count} matched)"));
    }

    /// <summary>Two real descriptions with labels by a machine: does the order agree?</summary>
    private static void Silver()
    {
        var week = Directory.GetFiles(SharedData.Path("week"), "*.jsonl").Order().SelectMany(File.ReadLines).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return Read(line, json.RootElement.GetProperty("id").GetString()!);
        }).DistinctBy(paper => paper.WorkKey).ToList();
        var labels = File.ReadLines(SharedData.Path("judgements/silver_gpt_paper_assistant.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(
            label => label.GetProperty("profile").GetString()!);
        using var lucene = new LuceneBm25(week);
        using var profiles = JsonDocument.Parse(File.ReadAllText(SharedData.Path("judgements/silver_profiles.json")));
        foreach (var profile in profiles.RootElement.EnumerateObject())
        {
            var text = profile.Value.GetProperty("topics").GetString()!;
            var gains = labels[profile.Name].DistinctBy(label => label.GetProperty("arxiv_id").GetString()).ToDictionary(
                label => label.GetProperty("arxiv_id").GetString()!, label => label.GetProperty("relevance").GetInt32());
            var judged = week.Where(paper => gains.ContainsKey(paper.ShortId)).ToList();
            gains = judged.ToDictionary(paper => paper.ShortId, paper => gains[paper.ShortId]);
            var mine = Rank(week, [(text, gains)])[0].Ranked.Where(gains.ContainsKey).ToList();
            var theirs = lucene.Rank(text, week.Count).Where(gains.ContainsKey).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Silver {profile.Name}: {judged.Count} judged; nDCG@10 Lucene {Measures.Ndcg(theirs, gains, 10):F4}, Digest {Measures.Ndcg(mine, gains, 10):F4}; order of pairs Lucene {Measures.OrderOfPairs(theirs, gains):F4}, Digest {Measures.OrderOfPairs(mine, gains):F4}"));
        }
    }

    private static Paper Read(string line, string key)
    {
        using var json = JsonDocument.Parse(line);
        string Text(string name) => string.Join(' ', (json.RootElement.GetProperty(name).GetString() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Paper { WorkKey = "key:" + key.Replace(':', '-'), Title = Text("title"), Abstract = Text("abstract") };
    }

    private static List<(List<string> Ranked, Dictionary<string, int> Gains)> Rank(List<Paper> papers, List<(string Text, Dictionary<string, int> Gains)> queries)
    {
        var readings = papers.Select(paper => new PaperReading(paper)).ToList();
        var corpus = Corpus.Of(readings);
        return [.. queries.Select(query => (Searching.Rank(Profile.Parse(query.Text), readings, Breadth.Search, corpus).ConvertAll(match => match.Paper.ShortId), query.Gains))];
    }

    private static void Print(string name, List<(List<string> Ranked, Dictionary<string, int> Gains)> runs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-24} nDCG@10 {runs.Average(run => Measures.Ndcg(run.Ranked, run.Gains, 10)):F4}  MAP {runs.Average(run => Measures.AveragePrecision(run.Ranked, run.Gains)):F4}  hits {runs.Average(run => run.Ranked.Count):F0}"));
}
