using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// Takes off what publishers put around an abstract in their feeds and records: where and when it appeared, identifiers, the word "Abstract". What stands
/// in no list here stays.
/// </summary>
internal static partial class JournalText
{
    /// <summary>What an abstract may carry in front; longer is a text of its own.</summary>
    private const int LongestFront = 600;

    /// <param name="text">Readable text.</param>
    /// <returns>The abstract, and the authors where the text names them and nothing else.</returns>
    public static (string Abstract, IReadOnlyList<string> Authors) Read(string text)
    {
        if (PublicationAlone().Match(text) is { Success: true } alone)
            return ("", AuthorNames.SplitAtCommas(alone.Groups["authors"].Value));
        var end = text.Length - PubmedTail().Match(text, Math.Max(0, text.Length - LongestFront)).Length;
        var start = Front().Match(text[..Math.Min(end, LongestFront)]).Length;
        return start > 0 || end < text.Length ? (text[Math.Min(start, end)..end].Trim(), []) : (text, []);
    }

    // ScienceDirect.
    [GeneratedRegex(@"^Publication date: .{3,60}? Source: .{2,200}?(?: Author\(s\): (?<authors>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex PublicationAlone();

    // Nature; PubMed; arXiv; the bare word, where it cannot belong to what follows (Abstract Meaning Representation).
    [GeneratedRegex(
        @"^(?:[^;]{2,120}, Published online: \d{1,2} [A-Z][a-z]+ \d{4}; doi: ?10\.\S+ ?|[^|]{2,400}? doi: 10\.\d{4,9}/\S+(?: [^|]{0,100}?)? (?:NO ABSTRACT|ABSTRACT(?= \S))|arXiv:\S+ (?:Announce Type: [a-z-]+ )?Abstract: |ABSTRACT:? (?=\p{Lu})|Abstract[:.] (?=\p{Lu})|Abstract (?=(?:The|This|These|We|Our|Here|In|It|A|An|As|To|For|With|While|When|Since|Despite|Although|Recent|Recently|There|Many|Most|Background|Introduction|Objectives?|Purpose|Aims?|Motivation|Context|Importance|Summary)[ :]))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Front();

    [GeneratedRegex(@" ?PMID:\d{1,9}(?: \| PMC:PMC\d+)?(?: \| DOI:10\.\S+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PubmedTail();
}
