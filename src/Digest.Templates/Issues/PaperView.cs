using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>One paper as the card and row templates see it.</summary>
internal static class PaperView
{
    private const int LongestTitle = 300;
    private const int LongestId = 80;
    private const int LongestInterest = 120;
    private const int AuthorsInFull = 5;
    private const int AuthorsInRow = 3;

    private static readonly string[] Types = ["new", "cross", "replace", "replace-cross"];

    /// <param name="abstractLength">Characters of the abstract to aim at; 0 for none.</param>
    public static ScriptObject Of(IssuePaper paper, int number, int abstractLength, Language language)
    {
        var hits = paper.Reason?.Hits ?? [];
        var authors = AuthorLine.Of(paper, abstractLength > 0 ? AuthorsInFull : AuthorsInRow);
        return new ScriptObject
        {
            ["number"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["id"] = TextCut.At(paper.Id, LongestId),
            ["title"] = Title(paper.Title, hits),
            ["url"] = MailLink.Of(paper.Url),
            ["pdf"] = MailLink.Of(paper.PdfUrl),
            ["code"] = MailLink.Of(paper.CodeUrl),
            ["authors"] = authors.Named.Count > 0 ? Authors(authors) : null,
            ["more_authors"] = authors.More,
            ["category"] = paper.Categories.Count > 0 ? TextCut.At(paper.Categories[0], LongestId) : null,
            ["type"] = Types.Contains(paper.AnnounceType) ? paper.AnnounceType : "new",
            ["date"] = paper.Date is { } date ? language.ShortDate(date) : null,
            ["votes"] = paper.Upvotes > 0 ? paper.Upvotes : null,
            ["reason"] = Reason(paper.Reason),
            ["abstract"] = abstractLength > 0 && paper.Abstract.Length > 0 ? Excerpt.Of(paper.Abstract, abstractLength, hits) : null,
            ["language"] = paper.Language,
        };
    }

    private static RichText Title(string title, IReadOnlyList<TextRange> hits)
    {
        var cut = TextCut.At(title, LongestTitle);
        var inTitle = hits.Where(hit => hit.Start < cut.Length - 1 || cut.Length == title.Length).ToArray();
        return new RichText([.. Marking.Mark(cut, .., "title", inTitle).Select(run => run with { Link = null })]);
    }

    private static RichText Authors(AuthorLine line)
    {
        var runs = new List<TextRun>();
        foreach (var (name, followed) in line.Named)
        {
            if (runs.Count > 0)
                runs.Add(new TextRun(", "));
            runs.Add(new TextRun(name, followed));
        }

        return new RichText(runs);
    }

    private static ScriptObject? Reason(IssueReason? reason)
    {
        if (reason is null or { Interest.Length: 0 })
            return null;
        var field = reason.Field is "title" or "author" or "category" ? reason.Field : "abstract";
        var interest = new RichText([new TextRun(TextCut.At(reason.Interest, LongestInterest), Marked: true)]);
        return new ScriptObject { ["interest"] = interest, ["field"] = field };
    }
}
