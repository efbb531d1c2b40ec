using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>Names each line of a reply.</summary>
internal static partial class LineKinds
{
    private static readonly string[] MobileSignatures = [.. WordTable.Load("mobile-signatures").Entries.Select(PhraseList.Flatten)];

    public static LineKind[] Classify(string[] lines)
    {
        var kinds = new LineKind[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (QuoteHeaders.LengthAt(lines, i) is > 0 and var length)
            {
                Array.Fill(kinds, LineKind.QuoteHeader, i, length);
                i += length - 1;
            }
            else
            {
                kinds[i] = Single(lines[i]);
            }
        }
        return kinds;
    }

    private static LineKind Single(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return LineKind.Blank;
        if (line.Length < 200 && Ruler().IsMatch(line))
            return LineKind.Ruler;
        if (Quote().IsMatch(line))
            return LineKind.Quote;
        if (IsMobileSignature(line))
            return LineKind.MobileSignature;
        return MailHeaderNames.IsHeader(line) ? LineKind.MailHeader : LineKind.Text;
    }

    private static bool IsMobileSignature(string line)
    {
        if (line.Length > 200)
            return false;
        var flat = PhraseList.Flatten(line).Trim('-', '—', '_', '*', '[', '(', ' ', '<');
        return Array.Exists(MobileSignatures, start => flat.StartsWith(start, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\s*[-_,=+~#*ᐧ—–]+\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Ruler();

    [GeneratedRegex(@"^\s*[A-Za-z]{0,4}[>|]", RegexOptions.NonBacktracking)]
    private static partial Regex Quote();
}
