using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>arXiv has no mark for a withdrawn paper: a new version says so in its comment or in place of its abstract.</summary>
internal static partial class Withdrawal
{
    public static bool Says(string? abstractText, string? comment) =>
        (abstractText is not null && InAbstract().IsMatch(abstractText)) || (comment is not null && InComment().IsMatch(comment));

    // The abstract of a withdrawn paper opens with the notice; a paper about withdrawals speaks of them later on.
    [GeneratedRegex(@"^\W*(?:this|the)\s+(?:paper|article|submission|manuscript|work|preprint|e-?print)\s+(?:has\s+been|is|was)\s+(?:temporarily\s+)?withdrawn|^\W*(?:paper\s+)?withdrawn\b(?:\s+by|\W*$)|^\W*the\s+authors?\s+(?:have|has|wish(?:es)?\s+to)\s+withdraw(?:n)?\s+(?:this|their|the)\s+(?:paper|article|submission|manuscript|work|preprint)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InAbstract();

    // Not "was withdrawn from ICLR", and not "replaces 0801.1234, which has been withdrawn": those tell of something else than this paper.
    [GeneratedRegex(@"(?<!\b(?:which|that|(?:earlier|previous|prior|first|old|former)\s+version)\s+)\b(?:has|have|had|having|is|was|being)\s+(?:now\s+)?(?:been\s+)?(?:now\s+|temporarily\s+)?withdrawn\b(?!\s+from\s+(?!(?:the\s+)?arxiv))|^\W*(?:temporarily\s+)?withdrawn\b(?!\s+from\s+(?!(?:the\s+)?arxiv))|\bwithdrawn\s+by\s+(?:the\s+)?(?:author|arxiv)|\b(?:paper|article|submission|manuscript|preprint|(?:this|current)\s+version)\s+withdrawn\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InComment();
}
