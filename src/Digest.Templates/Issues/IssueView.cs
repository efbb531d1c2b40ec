using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>What an issue says besides its papers.</summary>
internal static class IssueView
{
    private const int LongestGlance = 50;

    public static ScriptObject Of(IssueModel issue, IReadOnlyList<IssueGroup> groups, Language language, int notShown) => new()
    {
        ["glance"] = new ScriptArray(groups.Count < 2 || groups[0].Kind == GroupKind.Trending ? [] : groups.Select(group => Glance(group, language))),
        ["date"] = language.LongDate(issue.Date),
        ["count"] = issue.Papers.Count,
        ["trending"] = issue.Trending,
        ["not_shown"] = notShown,
        ["held_over"] = issue.HeldOver,
        ["receipt"] = issue.Receipt is { } receipt ? Receipt(receipt, language) : null,
    };

    // "diffusion model (9)": what awaits, before the first scroll.
    private static string Glance(IssueGroup group, Language language)
    {
        var name = group.Kind switch
        {
            GroupKind.Also => language.Plain("issue.glance.also"),
            GroupKind.Rest => language.Plain("issue.glance.rest"),
            _ => TextCut.At(group.Interest, LongestGlance),
        };
        return language.Plain("issue.glance", name, group.Papers.Count);
    }

    private static ScriptObject Receipt(IssueReceipt receipt, Language language) => new()
    {
        ["announced"] = receipt.Announced,
        ["in_categories"] = receipt.InCategories,
        ["matched"] = receipt.Matched,
        ["sent"] = receipt.Sent,
        ["held_over"] = receipt.HeldOver,
        ["gaps"] = new ScriptArray(receipt.Gaps.Select(gap => Gap(gap, language))),
        ["whole_since"] = receipt.WholeSince is { } day ? language.MediumDate(day) : null,
    };

    // "Missing: 2 days of arXiv (10 Mar, 11 Mar) had not arrived …"
    private static ScriptObject Gap(ReceiptGap gap, Language language) => new()
    {
        ["label"] = gap.Kind == GapKind.Late ? "receipt.late" : "receipt.missing",
        ["sentence"] = language.Plain(
            gap.Kind switch { GapKind.Late => "receipt.gap.late", GapKind.Partial => "receipt.gap.partial", _ => "receipt.gap.absent" },
            gap.Days.Count,
            gap.Source,
            string.Join(language.Plain("receipt.gap.and"), gap.Days.Select(language.ShortDate))),
    };
}
