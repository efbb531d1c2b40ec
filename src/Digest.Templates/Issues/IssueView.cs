using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>What an issue says besides its papers.</summary>
internal static class IssueView
{
    public static ScriptObject Of(IssueModel issue, Language language, int notShown) => new()
    {
        ["date"] = language.LongDate(issue.Date),
        ["count"] = issue.Papers.Count,
        ["trending"] = issue.Trending,
        ["not_shown"] = notShown,
        ["held_over"] = issue.HeldOver,
        ["receipt"] = issue.Receipt is { } receipt ? Receipt(receipt, language) : null,
    };

    private static ScriptObject Receipt(IssueReceipt receipt, Language language) => new()
    {
        ["announced"] = receipt.Announced,
        ["in_categories"] = receipt.InCategories,
        ["matched"] = receipt.Matched,
        ["sent"] = receipt.Sent,
        ["held_over"] = receipt.HeldOver,
        ["missing"] = new ScriptArray(receipt.Missing),
        ["whole_since"] = receipt.WholeSince is { } day ? language.LongDate(day) : null,
    };
}
