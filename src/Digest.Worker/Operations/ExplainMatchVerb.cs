using System.CommandLine;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Learning;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Operations;

/// <summary><c>explain-match --profile FILE --papers FILE.jsonl [--top N] [--issue] [--why PAPER] [--learned FILE]</c>: what a profile finds, and the arithmetic.</summary>
internal static class ExplainMatchVerb
{
    public static Command Create()
    {
        var profile = new Option<FileInfo>("--profile") { Description = "The profile: one interest a line.", Required = true, HelpName = "FILE" };
        var papers = new Option<FileInfo>("--papers") { Description = "Papers, one JSON object a line.", Required = true, HelpName = "FILE.jsonl" };
        var top = new Option<int?>("--top") { Description = "Print only the best N.", HelpName = "N" };
        var issue = new Option<bool>("--issue") { Description = "Only what would come into an issue; without it, papers with a few words of a description are listed too." };
        var why = new Option<string?>("--why") { Description = "Explain this paper, whether it fits or not.", HelpName = "PAPER" };
        var learned = new Option<FileInfo?>("--learned") { Description = "What thumbs taught, one a line: '+ speculative decoding', '- survey'; more signs weigh more. Its part stands in the arithmetic.", HelpName = "FILE" };
        var command = new Command("explain-match", "Show what a profile finds in papers, best first, one JSON object a line.") { profile, papers, top, issue, why, learned };
        command.SetAction(parsed =>
        {
            var interests = Profile.Parse(File.ReadAllText(parsed.GetRequiredValue(profile).FullName));
            foreach (var problem in interests.Problems)
                Console.Error.WriteLine($"line {problem.Line}, column {problem.Column}: {problem.Text}");
            if (Read(parsed.GetRequiredValue(papers)) is not { } read)
                return ExitCode.Failed;
            using var output = new StreamWriter(Console.OpenStandardOutput());
            var corpus = Corpus.Of(read);
            var taught = parsed.GetValue(learned) is { } file ? LearnedWeights.Parse(File.ReadLines(file.FullName)) : null;
            if (parsed.GetValue(why) is { } wanted)
                return Why(wanted, interests, read, corpus, taught, output);
            IReadOnlyList<Match> matches = interests.IsEmpty
                ? new Trending([.. read.Select(paper => paper.Paper)]).For(interests)
                : Searching.Rank(interests, read, parsed.GetValue(issue) ? Breadth.Issue : Breadth.Search, corpus);
            foreach (var match in (taught?.Over(matches) ?? matches).Take(parsed.GetValue(top) ?? int.MaxValue))
                output.WriteLine(MatchJson.Line(match));
            return ExitCode.Ok;
        });
        return command;
    }

    private static int Why(string wanted, Profile profile, List<PaperReading> papers, Corpus corpus, LearnedWeights? taught, StreamWriter output)
    {
        var paper = papers.Find(paper => paper.Paper.ShortId == wanted) ?? papers.Find(paper => paper.Paper.Title == wanted);
        if (paper is null)
        {
            Console.Error.WriteLine($"There is no paper {wanted} in the file.");
            return ExitCode.Failed;
        }
        var fits = Explanation.Of(profile.Interests, paper, corpus, Breadth.Issue);
        output.WriteLine(MatchJson.Why(paper.Paper, fits is null ? null : taught?.Over([fits])[0] ?? fits, NearMiss.Of(profile, paper, corpus)));
        return ExitCode.Ok;
    }

    private static List<PaperReading>? Read(FileInfo file)
    {
        try
        {
            using var content = file.OpenRead();
            var reading = JsonLinesFormat.Read(content, file.Name);
            foreach (var aside in reading.SetAside)
                Console.Error.WriteLine($"{aside.Where}: {aside.Problem}");
            return [.. reading.Entries.Select((entry, place) => new PaperReading(Paper(entry, place + 1)))];
        }
        catch (AnswerException e)
        {
            Console.Error.WriteLine($"{file.Name}: {e.Message}");
            return null;
        }
    }

    private static Paper Paper(PaperEntry entry, long place) => new()
    {
        Id = place,
        WorkKey = "id:" + entry.Id,
        Title = entry.Title,
        Abstract = entry.Abstract ?? "",
        Authors = entry.Authors,
        Categories = entry.Categories,
        Announced = entry.Announced,
        Published = entry.Published,
        Upvotes = entry.Upvotes,
    };
}
