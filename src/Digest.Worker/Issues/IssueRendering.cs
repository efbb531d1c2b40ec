using Digest.Templates;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Issues;

/// <summary>Turns an issue into what a reader sees. Pure: the same issue and the same doors give the same text.</summary>
internal sealed class IssueRendering(MailTemplates templates)
{
    /// <param name="siteName">The name of the service, as in the From header.</param>
    /// <param name="doors">The addresses of this mail: recipient, reply, unsubscribe, post. The reader's calendar is filled in here.</param>
    public RenderedMail Render(Issue issue, string siteName, MailFooter doors) => templates.Render(Model(issue, siteName, doors));

    /// <summary>What the templates see of an issue.</summary>
    public static IssueModel Model(Issue issue, string siteName, MailFooter doors) => new()
    {
        Language = issue.Reader.Language,
        SiteName = siteName,
        Date = issue.LocalDate,
        Trending = issue.Trending,
        Papers = [.. issue.Choices.Select(Show)],
        HeldOver = issue.Receipt.HeldOver - issue.Receipt.Owed,
        Owed = issue.Receipt.Owed,
        Receipt = new IssueReceipt(issue.Receipt.Announced, issue.Receipt.InCategories, issue.Receipt.Matched, issue.Receipt.Sent, issue.Receipt.HeldOver, Gaps(issue.Receipt)) { WholeSince = issue.Receipt.WholeSince },
        Interests = issue.Reader.Interests,
        Footer = doors with { Cadence = issue.Reader.Cadence, Hour = issue.Reader.Hour, TimeZone = issue.Reader.Timezone },
    };

    /// <summary>One sentence for each source and what happened to it, whatever the number of days.</summary>
    private static IReadOnlyList<ReceiptGap> Gaps(Receipt receipt) =>
    [
        .. (receipt.Gaps ?? []).GroupBy(gap => (gap.Source, Kind: Kind(gap.State)))
            .Select(group => new ReceiptGap(group.Key.Source, group.Key.Kind, [.. group.Select(gap => gap.Day).Distinct().Order()])),
    ];

    private static GapKind Kind(BatchState state) => state switch
    {
        BatchState.Partial => GapKind.Partial,
        BatchState.Whole => GapKind.Late,
        _ => GapKind.Absent,
    };

    /// <summary>One paper with its reason, as templates see it.</summary>
    public static IssuePaper Show(Match match)
    {
        var paper = match.Paper;
        return new IssuePaper
        {
            Id = paper.ShortId,
            Title = paper.Title,
            Abstract = paper.Abstract,
            Authors = paper.Authors,
            FollowedAuthors = Followed(match.Reason.Hits),
            Categories = paper.Categories,
            AnnounceType = Word(paper.AnnounceType),
            Date = paper.Announced ?? (paper.Published is { } published ? DateOnly.FromDateTime(published.UtcDateTime) : null),
            Upvotes = paper.Upvotes,
            Url = paper.Url,
            PdfUrl = paper.PdfUrl,
            CodeUrl = paper.CodeUrl,
            // The rest of a category has no interest, and is there by its category; what is trending has no reason at all.
            Reason = match.Reason.Interest.Length == 0 && !RestOfCategories.Holds(match)
                ? null
                : new IssueReason(match.Reason.Interest, match.Reason.Field, Marks(match.Reason.Hits)),
        };
    }

    private static IReadOnlyList<int> Followed(IReadOnlyList<Hit> hits)
    {
        SortedSet<int>? authors = null;
        foreach (var hit in hits)
        {
            if (hit.Field == "author")
                (authors ??= []).Add(hit.Start);
        }

        return authors is null ? [] : [.. authors];
    }

    private static List<TextRange> Marks(IReadOnlyList<Hit> hits)
    {
        var marks = new List<TextRange>(hits.Count);
        foreach (var hit in hits)
        {
            if (hit.Field is "title" or "abstract")
                marks.Add(new TextRange(hit.Field, hit.Start, hit.Length));
        }

        return marks;
    }

    private static string Word(AnnounceType type) => type switch
    {
        AnnounceType.Cross => "cross",
        AnnounceType.Replace => "replace",
        AnnounceType.ReplaceCross => "replace-cross",
        _ => "new",
    };
}
