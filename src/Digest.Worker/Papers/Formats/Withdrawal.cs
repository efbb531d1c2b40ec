using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>arXiv has no mark for a withdrawn paper: a new version says so in its comment or in place of its abstract.</summary>
internal static partial class Withdrawal
{
    public static bool Says(string? abstractText, string? comment) =>
        (abstractText is not null && InAbstract().IsMatch(abstractText)) || (comment is not null && InComment().IsMatch(comment));

    // The abstract of a withdrawn paper opens with the notice; a paper about withdrawals speaks of them later on.
    [GeneratedRegex(@"^\W*(?:this|the)\s+(?:paper|article|submission|manuscript|work|preprint|e-?print)\s+(?:has\s+been|is|was)\s+(?:temporarily\s+)?withdrawn|^\W*(?:paper\s+)?withdrawn\b(?:\s+by|\W*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InAbstract();

    [GeneratedRegex(@"\b(?:has|have)\s+(?:been\s+)?withdrawn\b|\b(?:is|was|being|been)\s+withdrawn\b|^\W*(?:paper\s+|article\s+)?withdrawn\b|\bwithdrawn\s+by\s+(?:the\s+)?(?:author|arxiv)|\bwithdrawn\s+(?:due|because)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InComment();
}
