using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>
/// Finds the lines that announce a quote. Mail programs wrap them, so up to seven lines are read as one. What must be there: a verb
/// ("wrote", "schrieb", "написал"), and somebody or some time: an address, or digits after a known beginning.
/// </summary>
internal static partial class QuoteHeaders
{
    private const int Lines = 7;
    private const int Longest = 400;
    private static readonly WordTable Table = WordTable.Load("quote-headers");
    private static readonly string[] Markers = [.. Table.Section("markers").Select(PhraseList.Flatten)];
    private static readonly string[] Starts = [.. Table.Section("starts").Select(PhraseList.Flatten)];
    private static readonly string[] Verbs = [.. Table.Section("verbs").Select(PhraseList.Flatten)];

    /// <summary>How many lines from here on announce a quote; 0 where this is none.</summary>
    public static int LengthAt(string[] lines, int at)
    {
        var first = Clean(lines[at]);
        if (first.Length == 0)
            return 0;
        if (IsMarker(first))
            return 1;
        var joined = "";
        var mayWrap = MayBegin(first);
        for (var i = at; i < Math.Min(lines.Length, at + Lines) && joined.Length < Longest; i++)
        {
            var next = Clean(lines[i]);
            // "at most 5" above "On Monday X wrote:" is the reader's: over a blank line goes on only what has begun to tell who or when.
            if (i > at && string.IsNullOrWhiteSpace(lines[i]) && !Tells().IsMatch(first))
                return 0;
            if (i > at && lines[i].TrimStart().StartsWith('>') && !lines[at].TrimStart().StartsWith('>') && !next.StartsWith("wrote", StringComparison.Ordinal) && !next.EndsWith(':'))
                return 0;
            joined = joined.Length == 0 ? next : $"{joined} {next}";
            if (IsAnnouncement(joined))
                return i - at + 1;
            if (!mayWrap)
                return 0;
        }
        return 0;
    }

    private static bool IsMarker(string line) => line.Length < 120 && Array.Exists(Markers, marker => line == marker || line == marker + ":" || (marker.EndsWith('…') && line.StartsWith(marker[..^1], StringComparison.Ordinal)));

    /// <summary>A wrapped announcement begins with a known word, a date or a name with an address.</summary>
    private static bool MayBegin(string line) => Starting(line) || Date().IsMatch(line) || line.Contains('@', StringComparison.Ordinal) || line.EndsWith('<');

    private static bool IsAnnouncement(string text)
    {
        if (text.Length is < 8 or > Longest)
            return false;
        var ends = text.EndsWith(':') || text.EndsWith('：');
        var somebody = text.Contains('@', StringComparison.Ordinal) || text.Contains('<', StringComparison.Ordinal);
        // mutt's short form: "* Name <a@b> [2026-01-05 07:00]:"
        if (text.EndsWith("]:", StringComparison.Ordinal) && somebody && Stamp().IsMatch(text))
            return true;
        if (ends && text.EndsWith(">:", StringComparison.Ordinal) && somebody && (Date().IsMatch(text) || (Starting(text) && text.AsSpan().ContainsAnyInRange('0', '9'))))
            return true;
        var verb = Array.FindIndex(Verbs, word => HasWord(text, word, ends));
        if (verb < 0)
            return false;
        if (!ends)
            return somebody || Date().IsMatch(text);
        return somebody || (text.AsSpan().ContainsAnyInRange('0', '9') && (Starting(text) || Date().IsMatch(text)));
    }

    /// <summary>The verb as a whole word, at the end or, before a colon, with a short rest ("schrieb am 16. August:").</summary>
    private static bool HasWord(string text, string verb, bool ends)
    {
        var at = text.LastIndexOf(verb, StringComparison.Ordinal);
        if (at < 1 || (char.IsLetter(text[at - 1]) && !IsHan(verb[0])))
            return false;
        var rest = text[(at + verb.Length)..].Trim();
        return ends ? (rest.Length == 0 || !char.IsLetter(text[at + verb.Length]) || IsHan(verb[0])) && rest.Length < 80 : rest.Length == 0;
    }

    private static bool Starting(string text) => Array.Exists(Starts, start => text.StartsWith(start, StringComparison.Ordinal)
        && (text.Length == start.Length || IsHan(start[^1]) || !char.IsLetter(start[^1]) || !char.IsLetter(text[start.Length])));

    private static bool IsHan(char character) => character >= '\u3040';

    /// <summary>Without the rules and quote signs around it, in lower case.</summary>
    private static string Clean(string line) => PhraseList.Flatten(line.Length > Longest ? line[..Longest] : line).Trim('>', '-', '*', '_', '=', ' ', '|', '#');

    [GeneratedRegex(@"\[[\d/. -]{6,12}[ ,T]\d{1,2}:\d\d[^\]]{0,12}\]:$", RegexOptions.NonBacktracking)]
    private static partial Regex Stamp();

    [GeneratedRegex(@"[@<]|\d{4}|\d[:.]\d\d", RegexOptions.NonBacktracking)]
    private static partial Regex Tells();

    [GeneratedRegex(@"^\W{0,3}(?:\d{4}\s?[-/.年]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}|\d{1,2}\.? \p{L}{3,12}\.?,? \d{2,4}|\p{L}{2,12}\.?,? \d{1,2}[ .]|\p{L}{2,12}\.? \d{1,2}, \d{4})", RegexOptions.NonBacktracking)]
    private static partial Regex Date();
}
