using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>What an issue says besides its papers.</summary>
internal static class IssueView
{
    private const int LongestGlance = 50;
    private const int MostGlances = 7;

    public static ScriptObject Of(IssueModel issue, IReadOnlyList<IssueGroup> groups, Language language, int notShown) => new(8)
    {
        ["glance"] = new ScriptArray(groups.Count < 2 || groups[0].Kind == GroupKind.Trending ? [] : Glances(groups, language)),
        ["date"] = language.LongDate(issue.Date),
        ["count"] = issue.Papers.Count,
        ["trending"] = issue.Trending,
        ["not_shown"] = notShown,
        ["held_over"] = issue.HeldOver,
        ["waiting"] = notShown + issue.HeldOver,
        ["receipt"] = issue.Receipt is { } receipt ? Receipt(receipt, issue.Trending, language) : null,
    };

    // Many topics with a paper each are no overview: the first few, and a sign that there are more.
    private static IEnumerable<string> Glances(IReadOnlyList<IssueGroup> groups, Language language) => groups.Count <= MostGlances
        ? groups.Select(group => Glance(group, language))
        : groups.Take(MostGlances - 1).Select(group => Glance(group, language)).Append("…");

    // "diffusion model (9)": what awaits, before the first scroll.
    private static string Glance(IssueGroup group, Language language)
    {
        var name = group.Kind switch
        {
            GroupKind.Also => language.Plain("issue.glance.also"),
            GroupKind.Rest => language.Plain("issue.glance.rest"),
            _ => TextCut.At(group.Name, LongestGlance),
        };
        return language.Plain("issue.glance", name, group.Papers.Count);
    }

    private static ScriptObject Receipt(IssueReceipt receipt, bool trending, Language language) => new(9)
    {
        ["announced"] = receipt.Announced,
        ["in_categories"] = receipt.InCategories,
        ["matched"] = receipt.Matched,
        ["sent"] = receipt.Sent,
        ["held_over"] = receipt.HeldOver,
        ["left_out"] = LeftOut(receipt),
        ["items"] = new ScriptArray(Items(receipt, trending, language)),
        ["gaps"] = new ScriptArray(receipt.Gaps.Select(gap => Gap(gap, language))),
        ["whole_since"] = receipt.WholeSince is { } day ? language.MediumDate(day) : null,
    };

    // "Announced 1,214 (186 in your categories) · matched 9 · sent 9 · held over 0 · nothing missing": what is trending fits nobody's interests and does not wait.
    private static IEnumerable<RichText> Items(IssueReceipt receipt, bool trending, Language language)
    {
        yield return receipt.InCategories is { } own
            ? language.Rich("receipt.announced.categories", receipt.Announced, own)
            : language.Rich("receipt.announced", receipt.Announced);
        if (!trending)
            yield return language.Rich("receipt.matched", receipt.Matched);
        yield return language.Rich("receipt.sent", receipt.Sent);
        if (!trending)
            yield return language.Rich("receipt.heldover", receipt.HeldOver);
        if (!trending && LeftOut(receipt) > 0)
            yield return language.Rich("receipt.leftout", LeftOut(receipt));
        if (receipt.Gaps.Count == 0)
            yield return receipt.WholeSince is { } day ? language.Rich("receipt.whole.since", language.MediumDate(day)) : language.Rich("receipt.whole");
    }

    private static int LeftOut(IssueReceipt receipt) => Math.Max(0, receipt.Matched - receipt.Sent - receipt.HeldOver);

    // "Missing: 2 days of arXiv (10 Mar, 11 Mar) had not arrived …"
    private static ScriptObject Gap(ReceiptGap gap, Language language) => new()
    {
        ["label"] = gap.Kind == GapKind.Late ? "receipt.late" : "receipt.missing",
        ["sentence"] = language.Rich(
            gap.Kind switch { GapKind.Late => "receipt.gap.late", GapKind.Partial => "receipt.gap.partial", _ => "receipt.gap.absent" },
            gap.Days.Count,
            gap.Source,
            WholeWords.Of(string.Join(language.Plain("receipt.gap.and"), gap.Days.Select(language.ShortDate)))),
    };
}
