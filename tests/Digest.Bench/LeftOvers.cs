using System.Text.RegularExpressions;

namespace Digest.Bench;

/// <summary>
/// Counts in a text what a reader should not have to see. It knows nothing of the module that it measures: plain patterns over the text.
/// </summary>
internal static partial class LeftOvers
{
    public static readonly (string Name, Regex Pattern)[] Constructs =
    [
        ("formula in dollars", FormulaPattern()),
        ("TeX command", CommandPattern()),
        ("escaped sign", EscapePattern()),
        ("script in braces", ScriptPattern()),
        ("``quote''", QuotePattern()),
        ("double hyphen", DashPattern()),
        ("tie", TiePattern()),
        ("entity", EntityPattern()),
        ("tag", TagPattern()),
        ("lost backslash", LostPattern()),
        ("typesetter's mark", MarkPattern()),
        ("heading glued on", HeadingPattern()),
        ("line break or control", ControlPattern()),
    ];

    public static IEnumerable<string> In(string text)
    {
        foreach (var (name, pattern) in Constructs)
            if (pattern.IsMatch(text))
                yield return name;
    }

    [GeneratedRegex(@"\$[^$\n]*[\\^_=<>{}][^$]*\$|\$[A-Za-z]\$", RegexOptions.NonBacktracking)]
    private static partial Regex FormulaPattern();

    [GeneratedRegex(@"\\[A-Za-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"\\[^A-Za-z\s]", RegexOptions.NonBacktracking)]
    private static partial Regex EscapePattern();

    [GeneratedRegex(@"[\^_]\{", RegexOptions.NonBacktracking)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex("``|''", RegexOptions.NonBacktracking)]
    private static partial Regex QuotePattern();

    [GeneratedRegex(@"[A-Za-z0-9,.)] ?--[ A-Za-z0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex DashPattern();

    [GeneratedRegex(@"[A-Za-z]~[A-Za-z]|[a-z][a-z.,]~|[^ ~]~ ", RegexOptions.NonBacktracking)]
    private static partial Regex TiePattern();

    [GeneratedRegex(@"&(#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});", RegexOptions.NonBacktracking)]
    private static partial Regex EntityPattern();

    [GeneratedRegex(@"</?(jats:|mml:)?(p|i|b|em|sub|sup|italic|bold|strong|sec|title|br|a)( [^>]*)?/?>", RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"(?i:\b|[0-9])(mathcal|mathbb|mathbf|mathrm|boldsymbol|widetilde|textbf|textit|texttt|infty|varepsilon|varphi|leq|geq|rightarrow|leftarrow|downarrow|uparrow|propto|nabla|langle|rangle|lceil|rceil|cdot|oplus)(\b|[0-9{_^])|[0-9]times\b|\b(approx|sim|leq|geq)[0-9]|\bell_|\bfrac[0-9{]|sqrt\{", RegexOptions.NonBacktracking)]
    private static partial Regex LostPattern();

    [GeneratedRegex(@"[OC]_(LI|ST_|SCP|FIG|TBL)|DTLVardef", RegexOptions.NonBacktracking)]
    private static partial Regex MarkPattern();

    [GeneratedRegex(@"(^|[.!?)] ?)(Abstract|Summary|Background|Introduction|Objectives?|Methods|Results|Findings|Discussion|Conclusions?|Significance|Importance|Statement)[A-Z][a-z]", RegexOptions.NonBacktracking)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[\x00-\x1F\x7F-\x9F\u200E\u200F\u202A-\u202E\u2066-\u2069]", RegexOptions.NonBacktracking)]
    private static partial Regex ControlPattern();
}
