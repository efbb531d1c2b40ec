using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>One paper as the card and row templates see it.</summary>
internal static class PaperView
{
    private const int LongestTitle = 300;
    private const int LongestId = 80;
    private const int LongestInterest = 70;
    private const int AuthorsInFull = 4;
    private const int AuthorsInRow = 3;

    private static readonly string[] Types = ["new", "cross", "replace", "replace-cross"];

    /// <param name="number">As it is to be written.</param>
    /// <param name="abstractLength">Characters of the abstract to aim at; 0 for a row, which shows none.</param>
    public static ScriptObject Of(IssuePaper paper, string number, int abstractLength, Language language)
    {
        var full = abstractLength > 0;
        var hits = paper.Reason?.Hits ?? [];
        var authors = AuthorLine.Of(paper, full ? AuthorsInFull : AuthorsInRow);
        return new ScriptObject
        {
            ["number"] = number,
            ["id"] = TextCut.At(paper.Id, LongestId),
            ["title"] = CleanText.Of(paper.Title).Trim().Length > 0 ? Title(paper.Title, hits) : Title(CleanText.Of(paper.Id + " …").Trim(), []),
            ["url"] = MailLink.Of(paper.Url),
            ["links"] = Links(paper),
            ["authors"] = authors.Named.Count > 0 ? Authors(authors) : null,
            ["more_authors"] = authors.More,
            ["facts"] = Facts(paper, full, language),
            ["reason"] = Reason(paper.Reason),
            ["abstract"] = full && paper.Abstract.Length > 0 ? Excerpt.Of(paper.Abstract, abstractLength, hits) : null,
            ["language"] = paper.Language,
        };
    }

    private static RichText Title(string title, IReadOnlyList<TextRange> hits)
    {
        var cut = TextCut.At(title, LongestTitle);
        var inTitle = hits.Where(hit => hit.Start < cut.Length - 1 || cut.Length == title.Length).ToArray();
        return new RichText([.. Marking.Mark(cut, .., "title", inTitle).Select(run => run with { Link = null })]) { IsTitle = true };
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

    // Category, kind, date, votes: what is known of them, in this order.
    private static ScriptArray Facts(IssuePaper paper, bool full, Language language)
    {
        var facts = new ScriptArray();
        if (paper.Categories.Count > 0)
            facts.Add(WholeWords.Of(TextCut.At(paper.Categories[0], LongestId)));
        var type = Types.Contains(paper.AnnounceType) ? paper.AnnounceType : "new";
        if (type != "new" || full && (paper.Categories.Count > 0 || paper.Date is not null))
            facts.Add(WholeWords.Of(language.Plain("paper.type." + type)));
        if (full && paper.Date is { } date)
            facts.Add(Together(language.ShortDate(date)));
        if (paper.Upvotes > 0)
            facts.Add(Together(language.Plain("paper.votes", paper.Upvotes.Value)));
        return facts;
    }

    // A line does not end between the day and its month.
    private static RichText Together(string fact) => WholeWords.Of(fact.Replace(' ', '\u00A0'));

    private static ScriptArray Links(IssuePaper paper)
    {
        var links = new ScriptArray();
        foreach (var (name, address) in new[] { ("abstract", paper.Url), ("pdf", paper.PdfUrl), ("code", paper.CodeUrl) })
        {
            if (MailLink.Of(address) is { } url)
                links.Add(new ScriptObject { ["name"] = "paper.link." + name, ["url"] = url });
        }

        return links;
    }

    /// <summary>An interest as a card shows it.</summary>
    public static string Interest(string interest) => TextCut.At(InterestName.Of(interest), LongestInterest);

    private static ScriptObject? Reason(IssueReason? reason)
    {
        if (reason is null or { Interest.Length: 0 })
            return null;
        var field = reason.Field is "title" or "author" or "category" ? reason.Field : "abstract";
        var interest = new RichText([new TextRun(Interest(reason.Interest), Marked: true)]);
        return new ScriptObject { ["interest"] = interest, ["field"] = field };
    }
}
