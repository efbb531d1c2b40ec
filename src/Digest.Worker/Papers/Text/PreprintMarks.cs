using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// What the typesetting of bioRxiv and medRxiv leaves in abstracts: marks (<c>O_LI</c>, <c>C_SCPLOW</c>, whole figures between <c>O_FIG</c> and
/// <c>C_FIG</c>), and headings that have lost the break behind them (<c>BackgroundWe studied</c>). Linear in the length of the text.
/// </summary>
internal static partial class PreprintMarks
{
    // A heading stands at the beginning or behind a sentence, and something that cannot go on its last word clings to it.
    private static readonly Regex Heading = new(
        $@"(?<before>^\s*|[.!?)\]]\s*)(?<heading>{string.Join('|', Tables.Headings.Select(Regex.Escape))}):?(?<next>\s*O_LI|[A-Z][a-z]|[A-Z]{{2}}|[AI] [a-z]|[0-9(])",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The text without marks, each heading with its colon; still to be made readable.</summary>
    public static string Remove(string raw)
    {
        var text = raw.Contains('_', StringComparison.Ordinal) ? Capitals().Replace(Section().Replace(Figure().Replace(raw, " "), Headed), "") : raw;
        text = Heading.Replace(text, Told);
        return text.Contains('_', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) ? Rest().Replace(text, " ") : text;
    }

    private static string Headed(Match match) => match.Groups["heading"].Value is { Length: > 0 } heading ? $" {heading}: " : " ";

    private static string Told(Match match)
    {
        var heading = match.Groups["heading"].Value;
        return match.Index == 0 && heading is "Abstract" or "ABSTRACT" or "Summary" or "SUMMARY"
            ? match.Groups["next"].Value
            : $"{match.Groups["before"].Value.TrimEnd()} {heading}: {match.Groups["next"].Value}";
    }

    [GeneratedRegex(@"(?:Graphical [Aa]bstract|GRAPHICAL ABSTRACT)?\s*O_FIG.*?C_FIG|O_TBL.*?C_TBL", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Figure();

    [GeneratedRegex(@"O_ST_ABS(?:Abstract|ABSTRACT)?(?<heading>.{0,80}?):?\s*C_ST_ABS", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Section();

    [GeneratedRegex(@"[OC]_SCP(?:LOW|CAP)", RegexOptions.NonBacktracking)]
    private static partial Regex Capitals();

    [GeneratedRegex(@"[OCM]_(?:LI|FIG|TBL|TEXTBOX|BOX|QD|INLINEFIG|LINKSMALLFIG|ST_ABS)|_HPS_FORMAT_FIGEXP|org\.highwire\.dtl\.DTLVardef@[0-9a-f]+", RegexOptions.NonBacktracking)]
    private static partial Regex Rest();
}
